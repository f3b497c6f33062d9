import type { z } from "zod";
import { ErrorReply } from "@/lib/wire";
import type { Where } from "./where";

/** What the server refused, in its words. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly details: readonly unknown[],
  ) {
    super(message);
  }
}

export type Call = {
  method?: "GET" | "POST" | "PUT";
  json?: object;
  bytes?: Uint8Array;
  contentType?: string;
};

/** Asks Tidemark's API as a command does: with a key, and with failures that a terminal can show. */
export class TidemarkClient {
  constructor(private readonly where: Where) {}

  /** @throws Refused with the server's words; Error where none answers */
  async call<Reply>(schema: z.ZodType<Reply>, path: string, call: Call = {}): Promise<Reply> {
    return schema.parse(await (await this.send(path, call)).json());
  }

  /** @throws as `call` */
  async bytes(path: string): Promise<Uint8Array> {
    return new Uint8Array(await (await this.send(path, {})).arrayBuffer());
  }

  private async send(path: string, { method = "GET", json, bytes, contentType }: Call): Promise<Response> {
    const { server, key } = this.where;
    const body = bytes ? new Uint8Array(bytes) : json ? JSON.stringify(json) : null;
    const response = await fetch(`${server}${path}`, {
      method,
      headers: { authorization: `Bearer ${key}`, "content-type": contentType ?? "application/json" },
      body,
    }).catch((cause: unknown) => {
      throw new Error(`no Tidemark answers at ${server}: set --server or TIDEMARK_URL to its address`, {
        cause,
      });
    });
    if (response.ok) return response;
    const refusal = ErrorReply.safeParse(await response.json().catch(() => null));
    if (refusal.success)
      throw new Refused(response.status, refusal.data.error.message, refusal.data.error.details);
    throw new Refused(response.status, `${server} answered ${response.status}`, []);
  }
}
