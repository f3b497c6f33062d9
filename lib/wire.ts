import { z } from "zod";

/** A moment on the wire: RFC 3339 with an offset; sent back in UTC. */
export const Timestamp = z.iso.datetime({
  offset: true,
  error: "expected an RFC 3339 time such as 2026-03-01T12:00:00Z",
});

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

/** The one shape of an error reply. */
export const ErrorReply = z.object({
  error: z.object({ code: z.string(), message: z.string(), details: z.array(z.unknown()) }),
});
export type ErrorReply = z.infer<typeof ErrorReply>;
