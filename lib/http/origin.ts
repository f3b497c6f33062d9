import type { Settings } from "@/lib/settings";

/** Set by the front on each request (lib/server/front.ts): the machine that sent it. */
export const ADDRESS_HEADER = "x-tidemark-address";

export const addressOf = (headers: Headers): string => headers.get(ADDRESS_HEADER) ?? "unknown";

/** Where whoever sent a request finds this server: TIDEMARK_URL, else the host that they asked. */
export function originOf(headers: Headers, { url }: Pick<Settings, "url">): string {
  return url ?? `http://${headers.get("host")}`;
}
