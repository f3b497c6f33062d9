import { TidemarkError } from "@/lib/errors";

/** A file as a person dropped it, a zip held it or the registry keeps it. */
export type NamedBytes = { path: string; bytes: Uint8Array };

/** What a model reads or gives. */
export type TensorSpec = {
  name: string;
  /** Values a row; null where the model does not say. */
  width: number | null;
  /** Sizes after the first, which counts rows. */
  shape: number[];
  type: "float32" | "float64" | "int32" | "int64" | "bool" | "string";
};

/** A model that was looked through and found sound, before any engine has seen it. */
export type ReadModel = {
  format: "tfjs-layers" | "tfjs-graph" | "onnx";
  /** As the model's hash takes them: model.json and its shards in the manifest's order, or the one .onnx file. */
  files: NamedBytes[];
  /** What whoever exported it wrote into it: an input mapping, see docs/evaluation.md. */
  mapping: unknown;
  /** Classes that the model itself lists in the order of its probabilities. */
  classes: string[] | null;
  /** Things that a reader should know: "the ZipMap was taken away". */
  notes: string[];
};

export const refused = (message: string, cause?: unknown) =>
  new TidemarkError("bad_request", message, cause === undefined ? {} : { cause });

/** Text that comes out of a file, short enough for a message. */
export const quoted = (value: unknown): string => {
  const text = typeof value === "string" ? JSON.stringify(value) : String(JSON.stringify(value));
  return text.length > 120 ? `${text.slice(0, 117)}…` : text;
};

export const inBytes = (bytes: number): string => `${bytes.toLocaleString("en-GB")} bytes`;

/** @throws TidemarkError where a path in a model leads out of its folder */
export function pathInside(path: unknown, where: string): string {
  const outside = (why: string) =>
    refused(
      `${where} names the file ${quoted(path)}, which ${why}: export the model anew, so that its files lie in one folder`,
    );
  if (typeof path !== "string" || path === "") throw outside("is no path");
  if (/^[a-z][a-z0-9+.-]*:/i.test(path)) throw outside("is an address elsewhere");
  if (path.startsWith("/") || path.includes("\\")) throw outside("is absolute");
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
  if (/[\u0000-\u001f\u007f]/.test(path) || path.length > 1000) throw outside("is no file's name");
  const names = path.split("/").filter((name) => name !== "." && name !== "");
  if (names.includes("..") || names.some((name) => /%2e|%2f|%5c/i.test(name)))
    throw outside("leads out of the model's folder");
  return names.join("/");
}

/**
 * SHA-256 over the bytes of a model's files in their order, which is the model's name wherever it lies.
 * Works where WebCrypto is: https, localhost, Node.
 */
export async function modelHash(files: readonly NamedBytes[]): Promise<string> {
  const whole = new Uint8Array(files.reduce((sum, { bytes }) => sum + bytes.length, 0));
  let at = 0;
  for (const { bytes } of files) {
    whole.set(bytes, at);
    at += bytes.length;
  }
  return sha256(whole);
}

export async function sha256(bytes: Uint8Array): Promise<string> {
  if (!crypto.subtle) {
    throw refused(
      "this page is served over plain http, where browsers compute no SHA-256: open it over https, or on localhost",
    );
  }
  const digest = await crypto.subtle.digest("SHA-256", bytes as Uint8Array<ArrayBuffer>);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
