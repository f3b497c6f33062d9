import { Unzip, UnzipInflate } from "fflate";
import { inBytes, type NamedBytes, pathInside, quoted, refused } from "./model-files";

export type ZipLimits = {
  entries: number;
  /** Inflated, all together. */
  bytes: number;
  /** Inflated over packed, of one entry that inflates to more than a megabyte. */
  ratio: number;
};

export const ZIP_LIMITS: ZipLimits = { entries: 2_000, bytes: 512 * 1024 * 1024, ratio: 200 };

/** Packed bytes that go into the inflater at once: what they may inflate to is bounded, so a bomb is seen in time. */
const PIECE = 64 * 1024;
const SMALL = 1024 * 1024;

export const isZip = (bytes: Uint8Array): boolean =>
  bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5);

/**
 * The files in a zip. What the headers claim is not believed: sizes are counted while it is inflated, and it stops at
 * the first limit.
 * @throws TidemarkError that names the entry and the limit
 */
export function unzip(archive: NamedBytes, limits: ZipLimits = ZIP_LIMITS): NamedBytes[] {
  const found: NamedBytes[] = [];
  let total = 0;
  let entries = 0;
  let open = 0;
  let fed = 0;
  const bomb = (why: string) =>
    refused(`${quoted(archive.path)} ${why}: drop the model's own files instead of the zip`);
  const reader = new Unzip((file) => {
    entries++;
    if (entries > limits.entries) throw bomb(`holds more than ${limits.entries} entries`);
    if (file.name.endsWith("/")) return;
    const path = pathInside(file.name, `the zip ${quoted(archive.path)}`);
    const chunks: Uint8Array[] = [];
    const begun = fed;
    open++;
    let bytes = 0;
    file.ondata = (error, chunk, final) => {
      if (error) throw error;
      bytes += chunk.length;
      total += chunk.length;
      if (total > limits.bytes) throw bomb(`inflates to more than ${inBytes(limits.bytes)}`);
      if (bytes > SMALL && bytes > limits.ratio * Math.max(PIECE, fed - begun)) {
        throw bomb(
          `inflates ${quoted(path)} to more than ${limits.ratio} times its size, as no model's weights do`,
        );
      }
      chunks.push(chunk);
      if (!final) return;
      open--;
      found.push({ path, bytes: join(chunks, bytes) });
    };
    file.start();
  });
  reader.register(UnzipInflate);
  try {
    for (let at = 0; at < archive.bytes.length; at += PIECE) {
      const end = Math.min(at + PIECE, archive.bytes.length);
      fed = end;
      reader.push(archive.bytes.subarray(at, end), end === archive.bytes.length);
    }
  } catch (error) {
    if ((error as { name?: string }).name === "TidemarkError") throw error;
    throw refused(
      `the zip ${quoted(archive.path)} cannot be read (${(error as Error).message}): it is damaged or encrypted; pack it anew`,
      error,
    );
  }
  if (open > 0) throw bomb("ends in the middle of an entry, it was cut on the way");
  if (found.length === 0) throw bomb("holds no files");
  return found;
}

function join(chunks: Uint8Array[], size: number): Uint8Array {
  if (chunks.length === 1) return chunks[0]!;
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
