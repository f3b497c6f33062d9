import { TidemarkError } from "@/lib/errors";
import { badText } from "@/lib/text";

const LONGEST = 1000;
/** More layers of percent-encoding than any proxy adds. */
const MOST_LAYERS = 8;

/**
 * The path of an artifact below its root: names joined by "/", none of which leads anywhere else, whichever way it is
 * written.
 * @param encoded as it stands in an address, percent-encoded
 * @throws TidemarkError `bad_request` "Invalid path" for one that is absolute, leads upwards, or is no plain path
 */
export function artifactPath(text: string, { encoded = false } = {}): string {
  const plain = encoded ? decode(text) : text;
  if (plain === null) throw invalidPath(text, "it is not percent-encoded UTF-8");
  // What a second decoding further in would make of it must be as harmless.
  let layer: string | null = plain;
  for (let depth = 0; layer !== null; depth++) {
    const wrong = whatIsWrong(layer);
    if (wrong) throw invalidPath(text, wrong);
    if (depth === MOST_LAYERS) throw invalidPath(text, "it is percent-encoded over and over");
    const next: string | null = decode(layer);
    layer = next === layer ? null : next;
  }
  return plain;
}

/** As `artifactPath`, where "" means the root itself and a "/" at the end says no more than none. */
export function folderPath(text: string): string {
  const trimmed = text.replace(/\/+$/, "");
  return trimmed === "" || trimmed === "."
    ? text.startsWith("/")
      ? artifactPath(text)
      : ""
    : artifactPath(trimmed);
}

export const joinPath = (...parts: readonly string[]): string =>
  parts.filter((part) => part !== "").join("/");

function whatIsWrong(path: string): string | null {
  if (path.length > LONGEST) return `it is longer than ${LONGEST} characters`;
  if (badText(path)) return `it ${badText(path)}`;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
  if (/[\u0000-\u001f\u007f]/.test(path)) return "it has a control character in it";
  if (path.includes("\\")) return "it has a backslash in it";
  if (/^[A-Za-z]:/.test(path) || /^[a-z][a-z0-9+.-]*:\//i.test(path)) return "it names a drive or a scheme";
  const names = path.split("/");
  if (names.some((name) => name === "")) return "it starts or ends with a slash, or has two in a row";
  if (names.some((name) => name === "." || name === "..")) return "it has a dotted name in it";
  // Windows drops dots and blanks at the end of a name, and makes ".." of ".. ".
  if (names.some((name) => /^\.*[. ]+$/.test(name))) return "it has a name of dots and blanks in it";
  if (names.some((name) => Buffer.byteLength(name) > 255))
    return "it has a name of more than 255 bytes in it";
  return null;
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

const invalidPath = (path: string, reason: string) =>
  new TidemarkError("bad_request", `Invalid path: ${JSON.stringify(path.slice(0, 200))}: ${reason}`);
