import { isUtf8 } from "node:buffer";

/** A line that is longer is no row of anything; reading on without a bound would let it fill the memory. */
export const LONGEST_LINE_BYTES = 256 * 1024;

export type Line = { text: string } | { tooLong: true } | { notUtf8: true };

/**
 * Splits a stream of bytes into lines, whatever the size of the stream, in memory for one chunk and one line.
 * Lines end with LF or CRLF; blank ones are left out; a line above the limit, or not in UTF-8, is reported and skipped.
 */
export async function* splitLines(stream: AsyncIterable<Uint8Array>): AsyncGenerator<Line> {
  let parts: Buffer[] = [];
  let held = 0;
  let skipping = false;
  for await (const bytes of stream) {
    const chunk = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    let from = 0;
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, from)) {
      const line = finish(parts, chunk.subarray(from, end), skipping);
      if (line) yield line;
      parts = [];
      held = 0;
      skipping = false;
      from = end + 1;
    }
    const rest = chunk.subarray(from);
    held += rest.length;
    if (held > LONGEST_LINE_BYTES) {
      skipping = true;
      parts = [];
    } else if (!skipping && rest.length > 0) parts.push(Buffer.from(rest));
  }
  const last = finish(parts, Buffer.alloc(0), skipping);
  if (last) yield last;
}

function finish(parts: Buffer[], end: Buffer, skipping: boolean): Line | null {
  const size = parts.reduce((sum, part) => sum + part.length, end.length);
  if (skipping || size > LONGEST_LINE_BYTES) return { tooLong: true };
  const bytes = parts.length === 0 ? end : Buffer.concat([...parts, end]);
  // Read as if it were, two ids of Latin-1 would become one.
  if (!isUtf8(bytes)) return { notUtf8: true };
  const text = bytes.toString("utf8").trim();
  return text === "" ? null : { text };
}
