import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Settings } from "@/lib/settings";

/**
 * What sessions are signed with: TIDEMARK_SECRET, else a secret made once and kept in the data directory, readable by
 * this user alone. Servers that share a database must share it, so there it is to be set.
 */
export function readSecret({ secret, dataDir }: Pick<Settings, "secret" | "dataDir">): string {
  if (secret !== undefined) return secret;
  const file = path.join(dataDir, "session-secret");
  mkdirSync(dataDir, { recursive: true });
  try {
    // Of two servers that start at once one writes; both read what was written.
    writeFileSync(file, randomBytes(32).toString("base64url"), { mode: 0o600, flag: "wx" });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  return readFileSync(file, "utf8").trim();
}
