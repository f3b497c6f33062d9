import { createHash } from "node:crypto";
import { sql } from "drizzle-orm";
import { type Database, rows } from "@/lib/db/client";
import { TidemarkError } from "@/lib/errors";

const WINDOW_MINUTES = 15;
const WINDOW = sql.raw(`interval '${WINDOW_MINUTES} minutes'`);
/** Wrong passwords for one address of a person, and from one address of a machine, before the next try must wait. */
const MOST = { email: 8, from: 60 } as const;

/** Who is tried, and which machine tries. */
export type Try = { email: string; from: string };

/*
 * Slows down who guesses passwords: failures of the last 15 minutes are counted per person and per machine, in the store,
 * so that neither a restart nor a second process gives anybody more tries.
 */

/**
 * Counts a try before it is made, so that many at once do not all slip through.
 * @throws TidemarkError `overloaded`, with the seconds to wait, when there were too many
 */
export async function countTry(db: Database, who: Try): Promise<void> {
  const keys = keysOf(who);
  const [counted] = await rows<{ wait: number }>(
    db,
    sql`SELECT count_sign_in_try(ARRAY[${keys.email}, ${keys.from}]::text[], ARRAY[${MOST.email}, ${MOST.from}]::int[],
      ${WINDOW}) AS wait`,
  );
  const seconds = Math.ceil(counted!.wait);
  if (seconds === 0) return;
  const minutes = Math.ceil(seconds / 60);
  throw new TidemarkError(
    "overloaded",
    `too many wrong passwords: try again in ${minutes} ${minutes === 1 ? "minute" : "minutes"}, or ask an administrator for a link to set a new one`,
    { retryAfterSeconds: seconds },
  );
}

/** The password was right after all: nothing stands against the person, and one try less against the machine. */
export async function forgetTries(db: Database, who: Try): Promise<void> {
  const keys = keysOf(who);
  await rows(
    db,
    sql`DELETE FROM sign_in_try WHERE key = ${keys.email} OR try_id = (
      SELECT max(try_id) FROM sign_in_try WHERE key = ${keys.from})`,
  );
}

const keysOf = ({ email, from }: Try) => ({ email: hashOf(`email ${email}`), from: hashOf(`from ${from}`) });
const hashOf = (text: string) => createHash("sha256").update(text).digest("hex");
