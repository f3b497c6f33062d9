import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "tidemark-start-"));
  // Looks built, so that nothing is built; the start ends before the build is read.
  writeFileSync(path.join(folder, "BUILD_ID"), "test");
});
afterAll(() => rmSync(folder, { recursive: true }));

function start(environment: Record<string, string>): Promise<{ code: number | null; said: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ["--import", "tsx", "scripts/start.ts"], {
      env: { ...process.env, NODE_OPTIONS: "", TIDEMARK_DIST_DIR: folder, ...environment },
      stdio: ["ignore", "ignore", "pipe"],
    });
    let said = "";
    child.stderr.on("data", (chunk) => {
      said += chunk;
    });
    child.once("exit", (code) => resolve({ code, said: said.trim() }));
  });
}

test.each([
  [{ PORT: "http" }, /: PORT=http: expected a whole number from 0 to 65535$/],
  [{ DATABASE_URL: "mysql://localhost/x" }, /DATABASE_URL: must start with postgres/],
  [{ TIDEMARK_BOOTSTRAP_KEY: "short" }, /TIDEMARK_BOOTSTRAP_KEY: must have at least 16/],
  [{ TIDEMARK_RETENTION_DAYS: "0" }, /TIDEMARK_RETENTION_DAYS=0: expected a whole number of at least 1$/],
  [{ HOST: "no.such.host.invalid" }, /HOST=no\.such\.host\.invalid is no address of this machine/],
])(
  "a bad setting ends the start in one line that names it: %o",
  async (environment, message) => {
    const { code, said } = await start({ PORT: "0", ...environment });
    expect(said).toMatch(message);
    expect(said.split("\n")).toHaveLength(1);
    expect(said).not.toContain("short");
    expect(code).toBe(1);
  },
  30_000,
);

test("a port in use is named, with what to do", async () => {
  const taken = net.createServer();
  await new Promise<void>((done) => taken.listen(0, "127.0.0.1", done));
  const { port } = taken.address() as net.AddressInfo;
  const { code, said } = await start({ PORT: String(port) });
  taken.close();
  expect(said).toBe(
    `Tidemark cannot start: PORT=${port} on 127.0.0.1 is in use: stop what listens there, or set PORT to another number (PORT=0 picks a free one)`,
  );
  expect(code).toBe(1);
}, 30_000);
