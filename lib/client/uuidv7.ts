let lastMs = 0;
let counter = 0;

/**
 * A version 7 UUID (RFC 9562 §5.7): 48 bits of Unix milliseconds, a 12-bit counter, 62 random bits.
 *
 * Ids from one process sort in the order in which they were made (method 1 of §6.2), so that the server's
 * index grows at one end. When more than 4,096 are made within a millisecond, the time is carried forward by one.
 *
 * @param nowMs Unix time in milliseconds; the clock unless a test passes it
 * @returns 36 characters, such as `01932c07-209b-7001-8c2e-2f7d3a0b5a61`
 */
export function uuidv7(nowMs: number = Date.now()): string {
  if (nowMs > lastMs) {
    lastMs = nowMs;
    counter = 0;
  } else if (++counter > 0xfff) {
    lastMs += 1;
    counter = 0;
  }
  const time = lastMs.toString(16).padStart(12, "0");
  const count = counter.toString(16).padStart(3, "0");
  const random = randomBytes(8);
  random[0] = (random[0]! & 0x3f) | 0x80;
  const tail = Array.from(random, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${time.slice(0, 8)}-${time.slice(8)}-7${count}-${tail.slice(0, 4)}-${tail.slice(4)}`;
}

/** Node 18 has no global `crypto` without a flag. An id must be unlikely to collide, not hard to guess. */
function randomBytes(length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  if (globalThis.crypto?.getRandomValues) return globalThis.crypto.getRandomValues(bytes);
  return bytes.map(() => Math.floor(Math.random() * 256));
}
