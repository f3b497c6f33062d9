import dns from "node:dns";
import http from "node:http";
import https from "node:https";
import { isIP, type LookupFunction } from "node:net";
import { TidemarkError } from "@/lib/errors";
import { isLinkLocal, isPublicAddress } from "./public-address";

export type Reach = {
  /** Plain http and addresses of private networks too; those of the link alone never. */
  allowPrivate: boolean;
  /** Finds the addresses of a name, as dns.lookup does. */
  lookup?: (
    name: string,
    options: dns.LookupAllOptions,
    done: (error: NodeJS.ErrnoException | null, addresses: dns.LookupAddress[]) => void,
  ) => void;
  timeoutMs?: number;
};

/** What became of it: the status that was answered, or why nothing was. Bodies are nobody's to read. */
export type Posted = { status: number | null; error: string | null };

const TIMEOUT_MS = 10_000;

/**
 * Whether people may have something sent to an address.
 * @throws TidemarkError `bad_request` for one that is not https, names credentials, or is a private IP address
 */
export function checkTarget(text: string, { allowPrivate }: Pick<Reach, "allowPrivate">): URL {
  const refuse = (why: string) =>
    new TidemarkError("bad_request", `Invalid webhook URL ${JSON.stringify(text.slice(0, 200))}: ${why}`);
  if (text.length > 2000) throw refuse("it is longer than 2,000 characters");
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url) throw refuse("expected an address such as https://example.com/hook");
  if (url.protocol !== "https:" && !(allowPrivate && url.protocol === "http:")) {
    throw refuse("expected https://; the setting TIDEMARK_PRIVATE_WEBHOOKS=1 allows http:// too");
  }
  if (url.username || url.password) throw refuse("put no credentials into it: sign with a secret");
  const why = whyNot(hostOf(url), { allowPrivate });
  if (isIP(hostOf(url)) && why) throw refuse(why);
  return url;
}

const hostOf = (url: URL) => url.hostname.replace(/^\[|\]$/g, "");

/** null for an address that may be connected to. */
function whyNot(address: string, { allowPrivate }: Pick<Reach, "allowPrivate">): string | null {
  if (isLinkLocal(address)) return `${address} is an address of the link alone, which nothing is sent to`;
  if (allowPrivate || isPublicAddress(address)) return null;
  return `${address} is no public address; the setting TIDEMARK_PRIVATE_WEBHOOKS=1 allows private ones`;
}

/**
 * Sends a body to an address that a person gave. Where the name leads is checked in the one look-up that the connection
 * is made by, so that no second answer can lead elsewhere; redirects are not followed; what is answered is not read.
 */
export function post(
  address: string,
  { headers, body }: { headers: Record<string, string>; body: string },
  { allowPrivate, lookup = dns.lookup, timeoutMs = TIMEOUT_MS }: Reach,
): Promise<Posted> {
  let url: URL;
  try {
    url = checkTarget(address, { allowPrivate });
  } catch (error) {
    return Promise.resolve({ status: null, error: (error as Error).message });
  }
  const checked: LookupFunction = (name, options, done) => {
    lookup(name, { ...options, all: true }, (error, addresses) => {
      const why = error
        ? null
        : addresses.map(({ address }) => whyNot(address, { allowPrivate })).find(Boolean);
      if (error || why) {
        done(error ?? new Error(`${name} leads to where nothing may be sent: ${why}`), []);
      } else if (options.all) done(null, addresses);
      else done(null, addresses[0]!.address, addresses[0]!.family);
    });
  };
  return new Promise((resolve) => {
    const request = (url.protocol === "https:" ? https : http).request(url, {
      method: "POST",
      // A connection of its own, whose address was checked for this request.
      agent: false,
      lookup: checked,
      headers: { ...headers, "content-length": String(Buffer.byteLength(body)) },
      signal: AbortSignal.timeout(timeoutMs),
    });
    request.once("response", (response) => {
      const status = response.statusCode!;
      response.destroy();
      const moved = status >= 300 && status < 400;
      const error = moved
        ? `it answers ${status}: redirects are not followed; give the address that it leads to`
        : `it answers ${status}`;
      resolve({ status, error: status >= 200 && status < 300 ? null : error });
    });
    request.once("error", (error) => {
      const late = error.name === "TimeoutError" || error.name === "AbortError";
      resolve({ status: null, error: late ? `no answer within ${timeoutMs / 1000} s` : reasonOf(error) });
    });
    request.end(body);
  });
}

/** Where several addresses were tried, the errors of all. */
function reasonOf(error: Error): string {
  const all = error instanceof AggregateError ? (error.errors as Error[]).map((each) => each.message) : [];
  return (all.join("; ") || error.message).slice(0, 500);
}
