import { gzipSync } from "node:zlib";

/** Bytes in pieces of a size that cuts lines and characters in two. */
export async function* pieces(text: string | Uint8Array, size = 7): AsyncGenerator<Uint8Array> {
  const bytes = typeof text === "string" ? new TextEncoder().encode(text) : text;
  for (let i = 0; i < bytes.length; i += size) yield bytes.subarray(i, i + size);
}

export const csv = (text: string, size?: number) => ({
  kind: "csv" as const,
  bytes: pieces(text, size),
  fileName: "sample.csv",
});

export const ndjson = (rows: readonly unknown[]) => ({
  kind: "ndjson" as const,
  bytes: pieces(rows.map((row) => (typeof row === "string" ? row : JSON.stringify(row))).join("\n")),
  fileName: null,
});

export const gzipped = (text: string) => gzipSync(text);
