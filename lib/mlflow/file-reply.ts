import { clientKeeperOf } from "@/lib/artifacts/runtime";
import { TidemarkError } from "@/lib/errors";
import type { Runtime } from "@/lib/server/runtime";

/**
 * A kept file, streamed. It is never shown by the browser itself, whatever its name says: what people upload must not
 * run as a page of this server.
 */
export async function fileReply({ runtime }: { runtime: Runtime }, path: string): Promise<Response> {
  const file = await clientKeeperOf(runtime).read(path);
  if (!file) {
    throw new TidemarkError("not_found", `there is no artifact ${JSON.stringify(path)}`);
  }
  const name = path.slice(path.lastIndexOf("/") + 1);
  return new Response(file.stream, {
    headers: {
      "content-type": "application/octet-stream",
      "content-length": String(file.bytes),
      "content-disposition": `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
      "x-content-type-options": "nosniff",
      // Compressed, it would have to be held back and would lose its length.
      "cache-control": "no-store, no-transform",
    },
  });
}
