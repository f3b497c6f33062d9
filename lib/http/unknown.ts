import { TidemarkError } from "@/lib/errors";
import { refuse } from "./refusal";

/** What an address below /api that no route has is told: the one error shape, not a page. */
export async function refuseUnknownPath(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  return refuse(
    new TidemarkError(
      "not_found",
      `there is nothing at ${request.method} ${pathname.slice(0, 200)}: /api/openapi.json lists what there is`,
    ),
  );
}
