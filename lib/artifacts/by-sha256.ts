import { createHash } from "node:crypto";
import { TidemarkError } from "@/lib/errors";
import type { Keeper } from "./keeper";

/** A file that lies where its hash says. */
type Hashed = { path: string; sha256: string };

/**
 * Keeps a file by its hash, as it comes in.
 * @returns its bytes
 * @throws TidemarkError `bad_request` where the content has another hash, in which case nothing is kept
 */
export async function keepBySha256(
  keeper: Keeper,
  { path, sha256 }: Hashed,
  content: AsyncIterable<Uint8Array>,
): Promise<number> {
  const hash = createHash("sha256");
  let bytes = 0;
  async function* hashed() {
    for await (const piece of content) {
      hash.update(piece);
      bytes += piece.length;
      yield piece;
    }
    const found = hash.digest("hex");
    if (found === sha256) return;
    throw new TidemarkError(
      "bad_request",
      `the file's SHA-256 is ${found} and the address says ${sha256}: send the file whole, to the address of its own hash (sha256sum tells it)`,
    );
  }
  await keeper.put(path, hashed());
  return bytes;
}

/**
 * The bytes of a kept file, which are held against its hash each time.
 * @throws TidemarkError `not_found` where none is kept, `too_large` beyond `most` bytes, `conflict` where what is kept is
 *   not it any more
 */
export async function readBySha256(keeper: Keeper, { path, sha256 }: Hashed, most: number): Promise<Buffer> {
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
