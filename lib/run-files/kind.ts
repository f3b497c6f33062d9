import type { RunFilePreview } from "./schema";

const MAGIC: [type: string, at: number, bytes: string][] = [
  ["image/png", 0, "\x89PNG\r\n\x1a\n"],
  ["image/jpeg", 0, "\xff\xd8\xff"],
  ["image/gif", 0, "GIF8"],
  ["image/webp", 8, "WEBP"],
];

/** The type of a picture that holds nothing but pixels, by its first bytes; what its name says does not count. */
export function imageType(bytes: Uint8Array): string | null {
  const head = Buffer.from(bytes.subarray(0, 16)).toString("latin1");
  return MAGIC.find(([, at, magic]) => head.startsWith(magic, at))?.[0] ?? null;
}

/** How a file is shown. HTML and SVG are shown as the text that they are. */
export function kindOf(path: string, bytes: Uint8Array): RunFilePreview["kind"] {
  if (imageType(bytes)) return "image";
  if (bytes.includes(0)) return "none";
  const extension = path.slice(path.lastIndexOf(".") + 1).toLowerCase();
  if (extension === "csv" || extension === "tsv") return "table";
  return extension === "json" ? "json" : "text";
}
