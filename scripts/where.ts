/** Which server a command speaks to, and as whom. */
export type Where = { server: string; key: string };

/** Of --server and --key, else of the environment. @throws what `wrong` makes of what is missing or no address */
export function readWhere(
  given: { server?: string | undefined; key?: string | undefined },
  environment: Record<string, string | undefined>,
  wrong: (message: string) => Error,
): Where {
  const key = given.key ?? environment.TIDEMARK_API_KEY ?? "";
  if (key === "") throw wrong("an API key is missing: give --key, or set TIDEMARK_API_KEY");
  const server = (given.server ?? environment.TIDEMARK_URL ?? "http://127.0.0.1:3000").replace(/\/+$/, "");
  if (!/^https?:\/\/[^/]/.test(server))
    throw wrong(`--server ${server}: expected http:// or https:// and a host`);
  return { server, key };
}
