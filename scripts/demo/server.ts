import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream, existsSync, mkdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:net";
import path from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
/** Usually seconds; minutes when the server has to be built first. */
const START_MS = 600_000;
const STOP_MS = 15_000;

export interface Server {
  url: string;
  /** Resolves when the server has ended by itself, with the reason in a line. */
  ended: Promise<string>;
  stop(): Promise<void>;
}

/**
 * Starts the production server as a child and waits until it answers healthy.
 *
 * @throws Error in one line: port in use, or the server's own last words
 */
export async function startServer({
  port,
  dataDir,
  apiKey,
  signal,
}: {
  port: number;
  dataDir: string;
  apiKey: string;
  signal: AbortSignal;
}): Promise<Server> {
  if (!existsSync(path.join(ROOT, process.env.TIDEMARK_DIST_DIR ?? ".next", "BUILD_ID"))) {
    console.log("there is no build yet: building first, which takes a minute or two …");
  }
  await requireFree(port);
  mkdirSync(dataDir, { recursive: true });
  const logPath = path.join(dataDir, "server.log");
  const child = spawn(process.execPath, ["--import", "tsx", "scripts/start.ts"], {
    cwd: ROOT,
    env: {
      ...process.env,
      NODE_ENV: "production",
      PORT: String(port),
      TIDEMARK_DATA_DIR: dataDir,
      TIDEMARK_BOOTSTRAP_KEY: apiKey,
      // Visitors look around without an account: as an analyst, and as the other roles where they say so.
      TIDEMARK_DEMO: "1",
      HOST: "127.0.0.1",
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const log = createWriteStream(logPath);
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  const ended = once(child, "exit").then(async () => {
    const words = (await readFile(logPath, "utf8")).trim().split("\n").at(-1)?.trim();
    return `the server stopped: ${words || `exit ${child.exitCode ?? child.signalCode}`} (all of it in ${logPath})`;
  });
  const stop = () => stopChild(child);
  const url = `http://127.0.0.1:${port}`;
  try {
    const outcome = await Promise.race([ended, becomesHealthy(url, signal)]);
    if (outcome !== null) throw new Error(outcome);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, ended, stop };
}

async function requireFree(port: number): Promise<void> {
  const probe = createServer();
  await new Promise<void>((resolve, reject) => {
    probe.once("error", (error: NodeJS.ErrnoException) => {
      const inUse = error.code === "EADDRINUSE";
      reject(new Error(inUse ? `port ${port} is in use: stop what uses it, or pass --port` : error.message));
    });
    probe.listen(port, "127.0.0.1", resolve);
  });
  await new Promise((resolve) => probe.close(resolve));
}

/** @returns null when healthy; throws when that takes too long, with the last thing heard */
async function becomesHealthy(url: string, signal: AbortSignal): Promise<null> {
  let heard = "no answer";
  for (const giveUpAt = Date.now() + START_MS; Date.now() < giveUpAt; ) {
    signal.throwIfAborted();
    try {
      const response = await fetch(`${url}/health`, { signal: AbortSignal.timeout(5_000) });
      if (response.ok) return null;
      heard = `${response.status} ${(await response.text()).slice(0, 200)}`;
    } catch (error) {
      heard = (error as Error).message;
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`the server was not healthy after ${START_MS / 1000} s: ${heard}`);
}

/** SIGTERM lets the server close its store; SIGKILL only if it does not. */
async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), STOP_MS);
  await gone;
  clearTimeout(timer);
}
