import { createHash } from "node:crypto";
import type { Keeper } from "@/lib/artifacts/keeper";
import { TidemarkError } from "@/lib/errors";

/** Where a file of an evaluation lies among the artifacts: by what is in it. */
export const keptFilePath = (sha256: string) => `evaluations/${sha256.slice(0, 2)}/${sha256}`;

/** A model that a browser can run is far below; an outcome of ten million rows as well. */
export const LARGEST_FILE = 512 * 1024 * 1024;

/**
 * Keeps a file by its hash.
 * @throws TidemarkError `bad_request` where the content has another hash
 */
export async function keepFile(
  keeper: Keeper,
  sha256: string,
  content: AsyncIterable<Uint8Array>,
): Promise<{ sha256: string; bytes: number }> {
  const hash = createHash("sha256");
  let bytes = 0;
  async function* hashed() {
    for await (const chunk of content) {
      hash.update(chunk);
      bytes += chunk.length;
      yield chunk;
    }
    const found = hash.digest("hex");
    if (found !== sha256) {
      throw new TidemarkError(
        "bad_request",
        `the file's SHA-256 is ${found}, the address says ${sha256}: send the file whole, to the address of its own hash`,
      );
    }
  }
  await keeper.put(keptFilePath(sha256), hashed());
  return { sha256, bytes };
}

/**
 * The bytes of a kept file, which are held against its hash each time.
 * @throws TidemarkError `not_found` where none is kept, `conflict` where what is kept is not it any more
 */
export const readKeptFile = (keeper: Keeper, sha256: string): Promise<Buffer> =>
  readBySha256(keeper, keptFilePath(sha256), sha256, LARGEST_FILE);

/** As `readKeptFile`, of a file that lies elsewhere under its hash. */
export async function readBySha256(
  keeper: Keeper,
  path: string,
  sha256: string,
  most: number,
): Promise<Buffer> {
  const file = await keeper.read(path);
  if (!file) {
    throw new TidemarkError("not_found", `no file with the SHA-256 ${sha256} is kept: send it first`);
  }
  if (file.bytes > most) {
    await file.stream.cancel();
    throw new TidemarkError(
      "too_large",
      `the file ${sha256} has ${file.bytes} bytes, at most ${most} are read: take a smaller one`,
    );
  }
  const bytes = Buffer.from(await new Response(file.stream).arrayBuffer());
  const found = createHash("sha256").update(bytes).digest("hex");
  if (found !== sha256) {
    throw new TidemarkError(
      "conflict",
      `the file kept as ${sha256} has the SHA-256 ${found}: it was changed after it was saved; evaluate again and save anew`,
    );
  }
  return bytes;
}
