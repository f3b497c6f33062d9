import { createHash } from "node:crypto";
import type { Keeper } from "@/lib/artifacts/keeper";
import { TidemarkError } from "@/lib/errors";

/** Where a dataset lies among the artifacts: by what is in it. */
export const datasetPath = (sha256: string) => `datasets/${sha256.slice(0, 2)}/${sha256}`;

/**
 * Keeps a file by its hash, as it comes in.
 * @throws TidemarkError `bad_request` where the content has another hash, in which case nothing is kept
 */
export async function keepDataset(
  keeper: Keeper,
  sha256: string,
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
      `the file's SHA-256 is ${found} and the address says ${sha256}: put it at the address of its own hash (sha256sum tells it)`,
    );
  }
  await keeper.put(datasetPath(sha256), hashed());
  return bytes;
}
