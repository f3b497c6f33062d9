import { TidemarkError } from "@/lib/errors";
import { badText } from "@/lib/text";
import type { Position } from "./browse-store";

/** Of a JavaScript Date, which the store's times reach beyond. */
const LAST_MOMENT_MS = 8.64e15;

/** A position as it travels: opaque, so that what it holds may change. */
export function writeCursor({ tsMs, id }: Position): string {
  return Buffer.from(JSON.stringify([tsMs, id])).toString("base64url");
}

/** @throws TidemarkError `bad_request` on what is no cursor of ours */
export function readCursor(cursor: string): Position {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
    if (
      Array.isArray(parsed) &&
      Number.isInteger(parsed[0]) &&
      Math.abs(parsed[0]) <= LAST_MOMENT_MS &&
      typeof parsed[1] === "string" &&
      !badText(parsed[1])
    ) {
      return { tsMs: parsed[0], id: parsed[1] };
    }
  } catch {
    // Told below.
  }
  throw new TidemarkError(
    "bad_request",
    `cursor="${cursor.slice(0, 60)}" is not one of this server: give next_cursor back as it came, or leave it out to begin anew`,
  );
}
