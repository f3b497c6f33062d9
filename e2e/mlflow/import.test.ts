import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createPostgresServer, type PostgresServer } from "@/lib/db/testing-server";
import manifest from "@/package.json" with { type: "json" };
import type { Kind } from "@/scripts/import/tally";
import { end, type Server, startServer } from "../faults/process";
import { CLIENTS, pythonOf, run } from "./python";
import { type SourceServer, startMlflow } from "./source-server";

/**
 * npm run import from MLflow's own servers: everything that a client of theirs sees, it sees here too; a second import
 * adds nothing, one that is killed goes on, and the counts at the end are what was there.
 */
const KEY = "bootstrap-key-of-the-import";

type Version = { number: string; predicts: number[] };
type Dump = {
  experiments: { tags: Record<string, string> }[];
  runs: {
    params: Record<string, string>;
    tags: Record<string, string>;
    history: Record<string, unknown[]>;
    datasets: unknown[];
    models: unknown[];
    files: Record<string, string>;
  }[];
  logged_models: { files: Record<string, string> }[];
  models: { aliases: Record<string, string>; versions: Version[] }[];
};

const SOURCES = [
  { version: "2.22", store: "file", runs: 3, ownDisk: true },
  { version: "2.22", store: "sqlite", runs: 3, ownDisk: false },
  { version: "3", store: "file", runs: 3, ownDisk: false },
  { version: "3", store: "sqlite", runs: 25, ownDisk: false },
] as const;

const pythons = new Map<string, string | null>();
for (const client of CLIENTS.filter(({ version }) => version !== "2.9")) {
  pythons.set(client.version, await pythonOf(client));
}

let folder: string;
let postgres: PostgresServer | null;
let server: Server;

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), "tidemark-import-"));
  postgres = await createPostgresServer({ fsync: "off", full_page_writes: "off" });
  server = await startServer({
    TIDEMARK_DATA_DIR: path.join(folder, "tidemark"),
    TIDEMARK_BOOTSTRAP_KEY: KEY,
    DATABASE_URL: postgres?.url ?? "",
  });
}, 180_000);

afterAll(async () => {
  if (server) await end(server.child, "SIGTERM");
  await postgres?.dispose();
  rmSync(folder, { recursive: true, force: true });
});

for (const { version, store, runs, ownDisk } of SOURCES) {
  const python = pythons.get(version) ?? null;
  const prefix = `v${version.replace(".", "")}-${store}`;

  describe.skipIf(!python)(`from mlflow ${version} on ${store === "file" ? "a folder" : "SQLite"}`, () => {
    let home: string;
    let source: SourceServer;

    const client = async (script: string, args: readonly string[], url: string) => {
      const env = {
        MLFLOW_TRACKING_URI: url,
        MLFLOW_TRACKING_TOKEN: KEY,
        MLFLOW_HTTP_REQUEST_MAX_RETRIES: "2",
        MLFLOW_DISABLE_TELEMETRY: "true",
        GIT_PYTHON_REFRESH: "quiet",
        PYTHONWARNINGS: "ignore",
      };
      const file = path.resolve("e2e/mlflow/import", script);
      const done = await run(python!, [file, ...args], { cwd: home, env, timeoutMs: 280_000 });
      expect(done.output.trim().split("\n").at(-1), done.output).toBe("ok");
    };
    const fill = (phase: "first" | "more") => client("fill.py", [prefix, String(runs), phase], source.url);
    const dump = async (url: string): Promise<Dump> => {
      const file = path.join(home, "dump.json");
      await client("dump.py", [prefix, file], url);
      return JSON.parse(readFileSync(file, "utf8"));
    };
    const importing = () => startImport(source.url, ownDisk ? path.join(home, "files") : null);

    beforeAll(async () => {
      home = mkdtempSync(path.join(folder, `${prefix}-`));
      const files = path.join(home, "files");
      const backend =
        store === "file" ? path.join(home, "store") : `sqlite:///${path.join(home, "store.db")}`;
      const place = ownDisk
        ? ["--no-serve-artifacts", "--default-artifact-root", files]
        : ["--artifacts-destination", files];
      source = await startMlflow(python!, { folder: home, backend, more: place });
      await fill("first");
    }, 300_000);
    afterAll(async () => source?.dispose());

    test("an import that is killed goes on where it was, and leaves nothing out", async () => {
      const wanted = await dump(source.url);
      const killed = importing();
      await untilRuns(3);
      killed.child.kill("SIGKILL");
      expect(await killed.ended).toBeNull();

      const done = await finished(importing());
      expect(await dump(server.url)).toEqual(wanted);
      const counts = countsOf(done);
      expect(foundIn(counts)).toEqual(expectedOf(wanted));
      expect(Object.values(counts).map(({ skipped }) => skipped)).toEqual(Object.keys(counts).map(() => 0));
    });

    test("a second import adds nothing", async () => {
      const wanted = await dump(source.url);
      const counts = countsOf(await finished(importing()));
      expect(foundIn(counts)).toEqual(expectedOf(wanted));
      for (const [kind, count] of Object.entries(counts)) {
        expect(count, kind).toEqual({ found: count.found, new: 0, there: count.found, skipped: 0 });
      }
    });

    test("what has come since is added, and nothing else", async () => {
      await fill("more");
      const counts = countsOf(await finished(importing()));
      expect(await dump(server.url)).toEqual(await dump(source.url));
      expect(counts.runs.new).toBe(1);
      expect(counts["metric points"].new).toBe(1);
      expect(counts.aliases.new).toBe(1);
      expect(counts.files.new).toBe(0);
    });

    async function untilRuns(least: number): Promise<void> {
      const ask = async (path: string, body: object) => {
        const reply = await fetch(`${server.url}/api/2.0/mlflow/${path}`, {
          method: "POST",
          headers: { authorization: `Bearer ${KEY}`, "content-type": "application/json" },
          body: JSON.stringify(body),
        });
        return reply.json();
      };
      const filter = `name LIKE '${prefix}-%'`;
      const deadline = Date.now() + 60_000;
      while (Date.now() < deadline) {
        const { experiments = [] } = await ask("experiments/search", { max_results: 100, filter });
        const ids = (experiments as { experiment_id: string }[]).map((each) => each.experiment_id);
        const { runs = [] } =
          ids.length > 0 ? await ask("runs/search", { experiment_ids: ids, run_view_type: "ALL" }) : {};
        if (runs.length >= least) return;
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      throw new Error(`no ${least} runs came within a minute`);
    }
  });
}

function startImport(from: string, artifacts: string | null) {
  const [, ...program] = manifest.scripts.import.split(" ");
  const args = [...program, "mlflow", from, "--to", server.url];
  const child: ChildProcess = spawn(
    process.execPath,
    artifacts === null ? args : [...args, "--artifacts", artifacts],
    { env: { ...process.env, TIDEMARK_API_KEY: KEY }, stdio: ["ignore", "pipe", "pipe"] },
  );
  let output = "";
  child.stdout!.on("data", (data) => (output += data));
  child.stderr!.on("data", (data) => (output += data));
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  return { child, ended, output: () => output };
}

async function finished({ ended, output }: ReturnType<typeof startImport>): Promise<string> {
  expect(await ended, output()).toBe(0);
  return output();
}

type Counts = Record<Kind, { found: number; new: number; there: number; skipped: number }>;

/** The table that an import ends with. */
function countsOf(report: string): Counts {
  const row = /^([a-z][a-z ]*?) +([\d,]+) +([\d,]+) +([\d,]+) +([\d,]+)$/gm;
  return Object.fromEntries(
    [...report.matchAll(row)].map(([, kind, ...texts]) => {
      const [found, isNew, there, skipped] = texts.map((text) => Number(text.replaceAll(",", "")));
      return [kind, { found, new: isNew, there, skipped }];
    }),
  ) as Counts;
}

const foundIn = (counts: Counts) =>
  Object.fromEntries(Object.entries(counts).map(([kind, { found }]) => [kind, found]));

const sum = <Item>(items: readonly Item[], count: (item: Item) => number) =>
  items.reduce((total, item) => total + count(item), 0);
const size = (record: object) => Object.keys(record).length;

function expectedOf({ experiments, runs, logged_models, models }: Dump): Record<Kind, number> {
  return {
    // Default is everywhere.
    experiments: experiments.length + 1,
    "experiment tags": sum(experiments, ({ tags }) => size(tags)),
    "logged models": logged_models.length,
    runs: runs.length,
    params: sum(runs, ({ params }) => size(params)),
    tags: sum(runs, ({ tags }) => size(tags)),
    "metric points": sum(runs, ({ history }) => sum(Object.values(history), (points) => points.length)),
    "data set inputs": sum(runs, ({ datasets }) => datasets.length),
    "links of runs to models": sum(runs, (each) => each.models.length),
    files: sum(runs, ({ files }) => size(files)) + sum(logged_models, ({ files }) => size(files)),
    "registered models": models.length,
    "model versions": sum(models, ({ versions }) => versions.length),
    aliases: sum(models, ({ aliases }) => size(aliases)),
  };
}
