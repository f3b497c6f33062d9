import { createHash } from "node:crypto";
import { keepBySha256, readBySha256 } from "@/lib/artifacts/by-sha256";
import type { Keeper } from "@/lib/artifacts/keeper";

/** Where a file of an evaluation lies among the artifacts: by what is in it. */
export const keptFilePath = (sha256: string) => `evaluations/${sha256.slice(0, 2)}/${sha256}`;

/** A model that a browser can run is far below; an outcome of ten million rows as well. */
export const LARGEST_FILE = 512 * 1024 * 1024;

/** @throws TidemarkError as `readBySha256` */
export const readKeptFile = (keeper: Keeper, sha256: string): Promise<Buffer> =>
  readBySha256(keeper, { path: keptFilePath(sha256), sha256 }, LARGEST_FILE);

/** @returns the SHA-256 that it is kept by */
export async function keepFile(keeper: Keeper, bytes: Uint8Array): Promise<string> {
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  await keepBySha256(
    keeper,
    { path: keptFilePath(sha256), sha256 },
    (async function* () {
      yield bytes;
    })(),
  );
  return sha256;
}
