import { z } from "zod";

const FIRST_MS = Date.parse("0000-01-01T00:00:00Z");
const LAST_MS = Date.parse("9999-12-31T23:59:59.999Z");

/** A moment on the wire: RFC 3339 with an offset; sent back in UTC, where its year must still have four digits. */
export const Timestamp = z.iso
  .datetime({ offset: true, error: "expected an RFC 3339 time such as 2026-03-01T12:00:00Z" })
  .refine((text) => {
    const ms = Date.parse(text);
    return ms >= FIRST_MS && ms <= LAST_MS;
  }, "expected a time between the years 0000 and 9999 in UTC");

/** A half-open span of time `[from, to)` in UTC. */
export const Window = z.object({ from: Timestamp, to: Timestamp });
export type Window = z.infer<typeof Window>;

/** The width of a bucket on a time axis; buckets start on UTC boundaries, weeks on Monday. */
export const Bucket = z.enum(["hour", "day", "week"]);
export type Bucket = z.infer<typeof Bucket>;

const name = (what: string) =>
  z
    .string()
    .min(1, `${what} must not be empty`)
    .max(200, `${what} is longer than 200 characters`)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
    .regex(/^[^\u0000-\u001f\u007f/:]+$/, `${what} must not contain "/", ":" or control characters`)
    .refine((value) => value !== "." && value !== "..", `${what} must not be "." or ".."`);

export const ModelName = name("model");
export const VersionName = name("version");

/** What files are addressed by. */
export const Sha256 = z
  .string()
  .regex(/^[0-9a-f]{64}$/, "expected a SHA-256 as 64 lower-case hexadecimal digits");

/** The one shape of an error reply. */
export const ErrorReply = z.object({
  error: z.object({ code: z.string(), message: z.string(), details: z.array(z.unknown()) }),
});
export type ErrorReply = z.infer<typeof ErrorReply>;
