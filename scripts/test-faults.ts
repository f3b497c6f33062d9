import { spawnSync } from "node:child_process";

/** `npm run test:faults`: the long version of the fault tests, which kill servers for minutes. */
const done = spawnSync("npx", ["--no-install", "vitest", "run", "--project", "faults"], {
  stdio: "inherit",
  shell: process.platform === "win32",
  env: { ...process.env, TIDEMARK_FAULTS: "long" },
});
process.exitCode = done.status ?? 1;
