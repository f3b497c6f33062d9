import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { end, startServer } from "../e2e/faults/process";

/* Client JavaScript that each page's HTML asks for, gzipped. Chunks that are loaded later, on demand, are not in it. */
const BUDGET_KB = 250;
const PAGES = [
  "/models",
  "/models/m/1",
  "/models/m/1/drift",
  "/models/m/1/performance",
  "/models/m/1/quality",
  "/models/m/1/predictions",
  "/models/m/1/versions",
  "/models/m/1/compare",
  "/models/m/1/card",
  "/models/m/1/evaluate",
  "/models/m/1/settings",
  "/experiments",
  "/experiments/0",
  "/runs/r",
  "/compare?runs=r",
  "/connect",
  "/api-docs",
  "/keys",
  "/webhooks",
  "/audit",
  "/people",
  "/account",
];

const dataDir = mkdtempSync(path.join(os.tmpdir(), "tidemark-bundle-"));
const server = await startServer({
  TIDEMARK_DATA_DIR: dataDir,
  DATABASE_URL: "",
  TIDEMARK_DEMO: "1",
});
try {
  const entered = await fetch(`${server.url}/api/auth/demo?role=admin`, { redirect: "manual" });
  const cookie = entered.headers
    .getSetCookie()
    .map((each) => each.split(";", 1)[0])
    .join("; ");
  for (const page of PAGES) {
    const html = await (await fetch(`${server.url}${page}`, { headers: { cookie } })).text();
    // Browsers that know modules leave the polyfills for older ones alone.
    const tags = [...html.matchAll(/<script[^>]*>/g)]
      .map(([tag]) => tag)
      .filter((tag) => !/nomodule/i.test(tag));
    const scripts = new Set(tags.flatMap((tag) => /src="([^"]+\.js[^"]*)"/.exec(tag)?.[1] ?? []));
    let bytes = 0;
    for (const script of scripts) {
      const response = await fetch(new URL(script, server.url));
      bytes += gzipSync(Buffer.from(await response.arrayBuffer())).length;
    }
    console.log(
      `RESULT ${page}: ${Math.round(bytes / 1000)} kB of JavaScript, gzipped, in ${scripts.size} files (budget ${BUDGET_KB})`,
    );
  }
} finally {
  await end(server.child, "SIGTERM");
  rmSync(dataDir, { recursive: true, force: true });
}
