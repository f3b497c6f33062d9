import { randomBytes } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { MODEL } from "./demo/flights";
import { loadDemo, progressPrinter, summaryOf } from "./demo/log";
import { registerVersions, trainInRuns } from "./demo/register";
import { type Server, startServer } from "./demo/server";

/** The page that answers at a glance what this is for, at the longest of the bursts that FINDINGS.md lists. */
const FIRST_PAGE = `/models/${MODEL}/1/drift?from=2001-02-23T00:00:00Z&to=2001-02-26T00:00:00Z`;

const USAGE = `npm run demo -- [--full] [--port 3000] [--data-dir .data/demo] [--keep] [--once]

  --full      log all 2.5 million flights of February to June, not every twelfth
  --port      where to listen on 127.0.0.1
  --data-dir  where the embedded store lives; a directory that is loaded already is shown, not loaded again
  --keep      log nothing: show what the data directory holds
  --once      stop when everything is loaded`;

interface Options {
  full: boolean;
  port: number;
  dataDir: string;
  keep: boolean;
  once: boolean;
}

function readOptions(): Options | null {
  const { values } = parseArgs({
    options: {
      full: { type: "boolean", default: false },
      port: { type: "string", default: process.env.PORT || "3000" },
      "data-dir": { type: "string", default: process.env.TIDEMARK_DATA_DIR || ".data/demo" },
      keep: { type: "boolean", default: false },
      once: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return null;
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new Error(`--port ${values.port}: expected a whole number from 1 to 65535`);
  }
  const { full, keep, once } = values;
  return { full, port, dataDir: path.resolve(values["data-dir"]), keep, once };
}

async function demo(options: Options, signal: AbortSignal): Promise<void> {
  const apiKey = `tm_demo_${randomBytes(24).toString("base64url")}`;
  console.log("starting Tidemark …");
  const server = await startServer({ ...options, apiKey, signal });
  try {
    // a loader that the server's end interrupts would first spend two minutes on retries
    const stopped = server.ended.then((reason) => {
      signal.throwIfAborted();
      throw new Error(reason);
    });
    await Promise.race([fillAndServe(options, server, apiKey, signal), stopped]);
  } finally {
    await server.stop();
  }
}

async function fillAndServe(
  options: Options,
  { url }: Server,
  apiKey: string,
  signal: AbortSignal,
): Promise<void> {
  const show = () => console.log(`\n\n  ${url}${FIRST_PAGE}\n`);
  if (options.keep || (await isLoaded(options, url, apiKey))) {
    show();
  } else {
    const runs = await registerVersions({ url, apiKey });
    const loaded = await loadDemo({
      url,
      apiKey,
      full: options.full,
      signal,
      onProgress: progressPrinter(),
      onFirstLook: () => {
        show();
        console.log("All five months are there, thinly; the rest is being logged behind it.");
      },
    });
    await trainInRuns({ url, apiKey, signal }, runs, (words) => console.log(`  ${words}`));
    writeMarker(options);
    console.log(`\n${summaryOf(loaded)}`);
  }
  if (options.once) return;
  console.log(`API key of this run: ${apiKey}\nCtrl-C stops it; the data stays in ${options.dataDir}.`);
  await new Promise((_, reject) =>
    signal.addEventListener("abort", () => reject(signal.reason), { once: true }),
  );
}

/**
 * The model alone would be there after a load that was stopped half way, too; so a finished load leaves a note
 * beside the store. After a stop the rows are logged again under their old ids, which changes nothing.
 */
async function isLoaded(options: Options, url: string, apiKey: string): Promise<boolean> {
  const reply = await fetch(`${url}/api/v1/models`, { headers: { authorization: `Bearer ${apiKey}` } });
  if (!reply.ok) throw new Error(`GET /api/v1/models: ${reply.status} ${(await reply.text()).slice(0, 200)}`);
  const known = (await reply.text()).includes(`"${MODEL}"`);
  const marker = readMarker(options);
  return known && marker !== null && (marker.full || !options.full);
}

const markerPath = ({ dataDir }: Options) => path.join(dataDir, "demo.json");

function writeMarker(options: Options): void {
  writeFileSync(markerPath(options), `${JSON.stringify({ full: options.full })}\n`);
}

function readMarker(options: Options): { full: boolean } | null {
  try {
    return JSON.parse(readFileSync(markerPath(options), "utf8")) as { full: boolean };
  } catch {
    return null;
  }
}

const stopping = new AbortController();
for (const name of ["SIGINT", "SIGTERM"] as const) {
  process.on(name, () => {
    if (stopping.signal.aborted) process.exit(1);
    console.log("\nstopping … (again to stop at once)");
    stopping.abort();
  });
}
try {
  const options = readOptions();
  if (options) await demo(options, stopping.signal);
  else console.log(USAGE);
} catch (error) {
  if (!stopping.signal.aborted) {
    console.error(`\n${(error as Error).message}`);
    process.exitCode = 1;
  }
}
// what is left are sockets and timers of requests that nobody waits for any more
process.exit();
