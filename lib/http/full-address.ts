import { TidemarkError } from "@/lib/errors";
import { getRuntime } from "@/lib/server/runtime";
import { originOf } from "./origin";

/**
 * A refusal that names a page, with the page's whole address: who reads it may sit at a terminal. Pages stand in the
 * details as `url`, from the root.
 */
export async function inFull(refusal: TidemarkError, headers: Headers): Promise<TidemarkError> {
  const urls = refusal.details.map(urlOf).filter((url) => url !== null);
  if (urls.length === 0) return refusal;
  const origin = originOf(headers, (await getRuntime()).settings);
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
