import { TidemarkError } from "@/lib/errors";
import type { Position } from "./browse-store";

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
      Number.isFinite(parsed[0]) &&
      typeof parsed[1] === "string" &&
      !parsed[1].includes("\u0000")
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
