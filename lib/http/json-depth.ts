/** Nesting beyond this is refused: nothing on the wire needs more than a handful of levels. */
export const MAX_JSON_DEPTH = 64;

const OPEN = 1;
const CLOSE = 2;
const QUOTE = 3;
const KIND = new Uint8Array(256);
KIND[0x5b] = KIND[0x7b] = OPEN;
KIND[0x5d] = KIND[0x7d] = CLOSE;
KIND[0x22] = QUOTE;

/**
 * Whether JSON text is nested deeper than allowed. JSON.parse takes five million levels and a second of everybody's
 * time; this reads bytes only, and stops at the level that is too deep. Says nothing about whether the text is JSON.
 */
export function isTooDeep(bytes: Uint8Array, limit = MAX_JSON_DEPTH): boolean {
  let depth = 0;
  const end = bytes.length;
  for (let i = 0; i < end; i++) {
    const kind = KIND[bytes[i]!]!;
    if (kind === 0) continue;
    if (kind === OPEN) {
      if (++depth > limit) return true;
    } else if (kind === CLOSE) depth--;
    else {
      for (i++; i < end; i++) {
        const byte = bytes[i];
        if (byte === 0x22) break;
        if (byte === 0x5c) i++;
      }
    }
  }
  return false;
}
