import type { Settings } from "@/lib/settings";
import { ErrorReply } from "@/lib/wire";

/**
 * Asks the running server that holds the embedded store, with TIDEMARK_BOOTSTRAP_KEY.
 * @returns the reply's JSON @throws Error in one line: no key, no server, or what the server said
 */
export async function askServer(
  { bootstrapKey, host, port }: Settings,
  path: string,
  init: RequestInit,
): Promise<unknown> {
  const name = host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host;
  const base = `http://${name.includes(":") ? `[${name}]` : name}:${port}`;
  if (!bootstrapKey) {
    throw new Error(
      "a running Tidemark holds the embedded store: use its pages, or set the TIDEMARK_BOOTSTRAP_KEY and PORT that it was started with",
    );
  }
  const headers = { authorization: `Bearer ${bootstrapKey}`, "content-type": "application/json" };
  const response = await fetch(base + path, { ...init, headers }).catch(() => {
    throw new Error(
      `a running Tidemark holds the embedded store, but none answers at ${base}: set PORT and HOST to its own`,
    );
  });
  const reply: unknown = await response.json().catch(() => null);
  if (response.ok) return reply;
  const refusal = ErrorReply.safeParse(reply);
  throw new Error(
    refusal.success ? refusal.data.error.message : `the server at ${base} answered ${response.status}`,
  );
}
