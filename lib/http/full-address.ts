import { TidemarkError } from "@/lib/errors";

/**
 * A refusal that names a page, with the page's whole address: who reads it may sit at a terminal. Pages stand in the
 * details as `url`, from the root.
 */
export function inFull(refusal: TidemarkError, headers: Headers): TidemarkError {
  const host = headers.get("host");
  const urls = refusal.details.map(urlOf).filter((url) => url !== null);
  if (!host || urls.length === 0) return refusal;
  const origin = `http://${host}`;
  const message = urls.reduce((text, url) => text.replaceAll(url, `${origin}${url}`), refusal.message);
  return new TidemarkError(refusal.code, message, {
    details: refusal.details.map((detail) => {
      const url = urlOf(detail);
      return url === null ? detail : { ...(detail as object), url: `${origin}${url}` };
    }),
    ...(refusal.retryAfterSeconds === undefined ? {} : { retryAfterSeconds: refusal.retryAfterSeconds }),
    cause: refusal.cause,
  });
}

function urlOf(detail: unknown): string | null {
  if (typeof detail !== "object" || detail === null || !("url" in detail)) return null;
  return typeof detail.url === "string" && detail.url.startsWith("/") ? detail.url : null;
}
