import { isIP } from "node:net";
import { TidemarkError } from "@/lib/errors";
import type { Settings } from "@/lib/settings";

export function isLoopback(host: string): boolean {
  return (
    host === "localhost" || host === "::1" || host.endsWith(".localhost") || /^127(\.\d{1,3}){3}$/.test(host)
  );
}

/** The name in a Host header, lower case, without port and brackets. */
export function hostName(header: string): string {
  const bracketed = /^\[([^\]]*)\]/.exec(header);
  return (bracketed ? bracketed[1]! : header.replace(/:\d*$/, "")).toLowerCase();
}

/**
 * Refuses a request that names a host this server was not told about. A page elsewhere whose name has been pointed at
 * this server (DNS rebinding) is stopped by it. An address cannot be pointed anywhere, so addresses pass once the
 * server listens beyond loopback.
 */
export function checkHost(header: string | null, settings: Pick<Settings, "host" | "hosts">): void {
  const name = hostName(header ?? "");
  if (
    isLoopback(name) ||
    settings.hosts.some((host) => hostName(host) === name) ||
    name === settings.host.toLowerCase()
  )
    return;
  if (isIP(name) && !isLoopback(settings.host)) return;
  throw new TidemarkError(
    "forbidden",
    `this server does not answer to the host "${name.slice(0, 100)}": add it to TIDEMARK_HOSTS`,
  );
}
