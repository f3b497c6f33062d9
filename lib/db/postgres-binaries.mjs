// Plain JavaScript: scripts/setup.mjs asks before anything is installed.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";

const WANTED = 15;

/**
 * The folder with the newest PostgreSQL server programs of version 15 or later, or null.
 * @returns {string | null}
 */
export function findPostgresBinaries() {
  const suffix = process.platform === "win32" ? ".exe" : "";
  const roots = [
    "/usr/lib/postgresql",
    "/opt/homebrew/opt",
    "/usr/local/opt",
    "C:\\Program Files\\PostgreSQL",
  ];
  const folders = (process.env.PATH ?? "").split(path.delimiter);
  for (const root of roots) {
    if (!existsSync(root)) continue;
    for (const entry of readdirSync(root).sort().reverse()) folders.push(path.join(root, entry, "bin"));
  }
  let best = null;
  for (const folder of folders) {
    const postgres = path.join(folder, `postgres${suffix}`);
    if (!folder || !existsSync(postgres) || !existsSync(path.join(folder, `initdb${suffix}`))) continue;
    const said = spawnSync(postgres, ["--version"], { encoding: "utf8" }).stdout ?? "";
    const version = Number(/(\d+)/.exec(said)?.[1]);
    if (version >= WANTED && (best === null || version > best.version)) best = { folder, version };
  }
  return best?.folder ?? null;
}
