import { createHash, randomBytes } from "node:crypto";
import type { Scope } from "./schema";

// Crockford's alphabet in lower case: no letter that is taken for a digit.
const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
const RANDOM_CHARS = 32;
const CHECK_CHARS = 6;
const SHAPE = new RegExp(`^tm_[ira]{1,3}_[${ALPHABET}]{${RANDOM_CHARS + CHECK_CHARS}}$`);

/** Characters of a key that may be shown, to recognise it by: 15 of its 160 random bits at least. */
const SHOWN = 9;

function base32(bytes: Uint8Array, length: number): string {
  let text = "";
  let held = 0;
  let bits = 0;
  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0xffff;
    bits += 8;
    while (bits >= 5 && text.length < length) {
      bits -= 5;
      text += ALPHABET[(held >> bits) & 31];
    }
  }
  return text;
}

function checksum(text: string): string {
  return base32(createHash("sha256").update(`tidemark key ${text}`).digest(), CHECK_CHARS);
}

/** A new key: `tm_`, a letter per scope, 160 random bits and a checksum by which scanners and typing errors are told. */
export function createToken(scopes: readonly Scope[]): string {
  const letters = (["ingest", "read", "admin"] as const)
    .filter((scope) => scopes.includes(scope))
    .map((scope) => scope[0])
    .join("");
  const body = `tm_${letters}_${base32(randomBytes(20), RANDOM_CHARS)}`;
  return body + checksum(body);
}

/** Whether a text can be a key at all: no store is asked about one that cannot. */
export function isToken(text: string): boolean {
  return SHAPE.test(text) && text.endsWith(checksum(text.slice(0, -CHECK_CHARS)));
}

/** What the store holds of a key. 160 random bits cannot be guessed, so a slow hash would add nothing. */
export function hashToken(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}

export function tokenPrefix(token: string): string {
  return token.slice(0, token.lastIndexOf("_") + 1 + SHOWN - 3);
}
