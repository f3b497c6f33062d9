import type { Keeper } from "@/lib/artifacts/keeper";
import type { Database } from "@/lib/db/client";
import { imageType } from "./kind";
import { type FileAddress, openRunFile, readHead } from "./read";

/**
 * The bytes of a file. Pictures of nothing but pixels come as such, for a page to show; all else as a download, since
 * what people upload must not run as a page of this server.
 */
export async function sendRunFile(
  access: { db: Database; keeper: Keeper },
  address: FileAddress,
): Promise<Response> {
  const type = imageType(await readHead(await openRunFile(access, address), 16));
  const file = await openRunFile(access, address);
  const name = encodeURIComponent(address.path.slice(address.path.lastIndexOf("/") + 1));
  return new Response(file.stream, {
    headers: {
      "content-type": type ?? "application/octet-stream",
      "content-length": String(file.bytes),
      "content-disposition": `${type ? "inline" : "attachment"}; filename*=UTF-8''${name}`,
      "content-security-policy": "default-src 'none'; sandbox",
      "x-content-type-options": "nosniff",
      "cache-control": "no-store, no-transform",
    },
  });
}
