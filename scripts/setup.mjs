// Brings a clone to where its scripts can run: node scripts/setup.mjs [build] [test]
// Plain JavaScript without dependencies, since it runs before there are any. Quiet when nothing is to do.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { findPostgresBinaries } from "../lib/db/postgres-binaries.mjs";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const WANTED = new Set(process.argv.slice(2));

function fail(message) {
  console.error(message);
  process.exit(1);
}

function run(command, args, options = {}) {
  // npm and npx are scripts on Windows, which only a shell starts.
  return spawnSync(command, args, {
    cwd: ROOT,
    stdio: ["ignore", 2, 2],
    shell: process.platform === "win32",
    ...options,
  });
}

function changedAt(file) {
  return existsSync(file) ? statSync(file).mtimeMs : 0;
}

function checkNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 9)) {
    fail(
      `Tidemark needs Node 20.9 or newer; this is ${process.versions.node}. Install a newer one from https://nodejs.org`,
    );
  }
}

function installPackages() {
  const installed = path.join(ROOT, "node_modules", ".package-lock.json");
  if (changedAt(installed) >= changedAt(path.join(ROOT, "package-lock.json"))) return;
  console.error("Installing packages (npm ci), which takes a minute or two …");
  // Development packages are wanted even where NODE_ENV says production: the demo's data and the build are made of them.
  const done = run("npm", ["ci", "--include=dev", "--no-audit", "--no-fund"]);
  if (done.status !== 0) fail("npm ci failed: see above; the network or the registry may be out of reach");
}

/** Newest change among what a build is made of. */
function sourcesChangedAt() {
  let newest = 0;
  const visit = (folder) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const full = path.join(folder, entry.name);
      if (entry.isDirectory()) visit(full);
      else if (!/\.test\.tsx?$/.test(entry.name)) newest = Math.max(newest, changedAt(full));
    }
  };
  for (const folder of ["app", "components", "lib", "public"])
    if (existsSync(path.join(ROOT, folder))) visit(path.join(ROOT, folder));
  for (const file of [
    "next.config.ts",
    "instrumentation.ts",
    "proxy.ts",
    "postcss.config.mjs",
    "package-lock.json",
  ]) {
    newest = Math.max(newest, changedAt(path.join(ROOT, file)));
  }
  return newest;
}

function build() {
  const folder = process.env.TIDEMARK_DIST_DIR ?? ".next";
  if (changedAt(path.resolve(ROOT, folder, "BUILD_ID")) >= sourcesChangedAt()) return;
  console.error("Building the application (next build), which takes about a minute …");
  const next = createRequire(path.join(ROOT, "package.json")).resolve("next/dist/bin/next");
  const done = run(process.execPath, [next, "build"], {
    shell: false,
    env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
  });
  if (done.status !== 0) fail("the build failed: see above");
}

const isRoot = process.getuid?.() === 0;

function has(command) {
  return spawnSync(command, ["--version"], { stdio: "ignore" }).status === 0;
}

/** Whether apt-get brought the package; only tried where it may be. */
function aptInstall(name) {
  if (!isRoot || !has("apt-get")) return false;
  console.error(`Installing ${name} (apt-get), for the tests …`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  return (
    run("apt-get", ["update", "-qq"], { env }).status === 0 &&
    run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", name], { env }).status === 0
  );
}

async function ensureBrowser() {
  if (["/usr/bin/chromium", "/usr/bin/chromium-browser"].some(existsSync)) return;
  const { chromium } = createRequire(path.join(ROOT, "package.json"))("@playwright/test");
  if (existsSync(chromium.executablePath())) return;
  if (aptInstall("chromium")) return;
  console.error("Installing Chromium (playwright install), for the tests in a browser …");
  if (run("npx", ["playwright", "install", "chromium"]).status !== 0) {
    fail("no Chromium could be installed: install one, e.g. by npx playwright install --with-deps chromium");
  }
}

function ensurePostgres() {
  if (process.env.TEST_DATABASE_URL || findPostgresBinaries()) return;
  if (aptInstall("postgresql") && findPostgresBinaries()) return;
  console.error(
    "The tests on a real PostgreSQL will be SKIPPED: there are no server programs of version 15 or newer. Install PostgreSQL, or set TEST_DATABASE_URL to a server on which databases may be created.",
  );
}

checkNode();
installPackages();
if (WANTED.has("build")) build();
if (WANTED.has("test")) {
  await ensureBrowser();
  ensurePostgres();
}
