import type { RouteHandler } from "@/lib/http/handle";

const HOST = "127.0.0.1:3000";

/** What a browser sends from one of this server's own pages, with the cookies it was given. */
export class Browser {
  readonly #cookies = new Map<string, string>();

  get headers(): Record<string, string> {
    return {
      host: HOST,
      origin: `http://${HOST}`,
      "sec-fetch-site": "same-origin",
      ...(this.#cookies.size > 0
        ? { cookie: [...this.#cookies].map((pair) => pair.join("=")).join("; ") }
        : {}),
    };
  }

  async send(
    handler: RouteHandler,
    path: string,
    {
      method = "GET",
      json,
      headers = {},
    }: { method?: string; json?: unknown; headers?: Record<string, string> } = {},
  ): Promise<Response> {
    const reply = await handler(
      new Request(`http://${HOST}${path}`, {
        method,
        headers: {
          ...this.headers,
          ...(json === undefined ? {} : { "content-type": "application/json" }),
          ...headers,
        },
        body: json === undefined ? null : JSON.stringify(json),
      }),
    );
    for (const cookie of reply.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie)!;
      if (/max-age=0/i.test(cookie) || value === "") this.#cookies.delete(name!);
      else this.#cookies.set(name!, value!);
    }
    return reply;
  }
}
