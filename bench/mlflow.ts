import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import postgres from "postgres";
import { makeCluster } from "../e2e/faults/cluster";
import { end, freePort, startServer } from "../e2e/faults/process";
import { CLIENTS, pythonOf, run } from "../e2e/mlflow/python";

/*
 * The newest MLflow client against Tidemark and against `mlflow server`, on one PostgreSQL, one after the other:
 * log_batch of 1,000 metrics, search_runs with a metric filter and order over 20,000 runs, a history of 100,000 points.
 * Both are filled by SQL, so that only what is measured goes over the wire, and run by run, as runs are logged.
 */
const RUNS = 20_000;
const POINTS = 100_000;
const ROUNDS = process.env.BENCH_ROUNDS ?? "20";
const KEY = "bench-bootstrap-key-0123456789";
/** Seconds of a call by MLflow's client, and of its request alone. */
type Figure = { client: number; server: number };
type Figures = Record<string, Figure>;

const python = await pythonOf(CLIENTS.at(-1)!);
if (!python) process.exit(0);
const added = await run(python, ["-m", "pip", "install", "--quiet", "psycopg2-binary"]);
if (added.code !== 0) {
  console.log("skipped: PyPI out of reach");
  process.exit(0);
}
const cluster = await makeCluster({ shared_buffers: "512MB" });
const folder = mkdtempSync(path.join(os.tmpdir(), "tidemark-bench-"));
try {
  const theirs = await measureMlflow(await database("mlflow_bench"));
  const ours = await measureTidemark(await database("tidemark_bench"));
  for (const what of Object.keys(ours.figures)) {
    for (const part of ["client", "server"] as const) {
      const [a, b] = [ours.figures[what]![part] * 1000, theirs.figures[what]![part] * 1000];
      console.log(
        `${what.padEnd(22)} ${part === "client" ? "by the client" : "request alone"} ${a.toFixed(1)} ms, mlflow server ${b.toFixed(1)} ms: ${(b / a).toFixed(1)} times as fast`,
      );
    }
  }
  console.log(`memory                 ${mb(ours.bytes)}, mlflow server with its workers ${mb(theirs.bytes)}`);
} finally {
  await cluster.remove();
  rmSync(folder, { recursive: true, force: true });
}

async function database(name: string): Promise<string> {
  const client = postgres(cluster.url, { max: 1, onnotice: () => {} });
  await client.unsafe(`CREATE DATABASE ${name}`).finally(() => client.end());
  const url = new URL(cluster.url);
  url.pathname = `/${name}`;
  return url.toString();
}

async function fill(url: string, statements: string[]): Promise<void> {
  const client = postgres(url, { max: 1, onnotice: () => {} });
  for (const statement of statements) await client.unsafe(statement);
  await client.unsafe("VACUUM ANALYZE").finally(() => client.end());
}

async function measureTidemark(url: string) {
  const server = await startServer({
    DATABASE_URL: url,
    TIDEMARK_BOOTSTRAP_KEY: KEY,
    TIDEMARK_DATA_DIR: folder,
  });
  try {
    const run = `lpad(to_hex(i), 32, '0')`;
    await fill(url, [
      `INSERT INTO run (run_id, experiment_id, run_name, user_id, status, artifact_uri, start_time)
        SELECT ${run}, 0, 'run-' || i, 'bench', 'FINISHED', 'mlflow-artifacts:/0/' || i, 1000 + i FROM generate_series(1, ${RUNS}) AS i`,
      `INSERT INTO run_metric SELECT ${run}, k, random(), 1000, 0, 1, 0, 1, 0 FROM generate_series(1, ${RUNS}) AS i, unnest(ARRAY['acc','loss','f1','auc','time']) AS k ORDER BY i, k`,
      `INSERT INTO run_param SELECT ${run}, 'p' || k, (i % 7)::text, 0 FROM generate_series(1, ${RUNS}) AS i, generate_series(1, 10) AS k ORDER BY i, k`,
      `INSERT INTO run_tag SELECT ${run}, 't' || k, (i % 7)::text, 0 FROM generate_series(1, ${RUNS}) AS i, generate_series(1, 5) AS k ORDER BY i, k`,
      `INSERT INTO metric_point SELECT lpad('1', 32, '0'), 'loss', 1000 + i, i, random() FROM generate_series(1, ${POINTS}) AS i`,
    ]);
    const figures = await measure({ MLFLOW_TRACKING_URI: server.url, MLFLOW_TRACKING_TOKEN: KEY });
    return { figures, bytes: await server.rssBytes() };
  } finally {
    await end(server.child, "SIGTERM");
  }
}

async function measureMlflow(url: string) {
  const port = await freePort();
  const child = spawn(
    python!,
    [
      "-m",
      "mlflow",
      "server",
      "--backend-store-uri",
      url.replace("postgres:", "postgresql+psycopg2:"),
      "--port",
      String(port),
    ],
    {
      cwd: folder,
      stdio: ["ignore", "ignore", process.env.BENCH_VERBOSE ? "inherit" : "ignore"],
      env: { ...process.env, MLFLOW_DISABLE_TELEMETRY: "true" },
    },
  );
  try {
    const address = `http://127.0.0.1:${port}`;
    await answering(`${address}/health`);
    const run = `lpad(to_hex(i), 32, '0')`;
    await fill(url, [
      `INSERT INTO runs (run_uuid, experiment_id, name, user_id, status, lifecycle_stage, artifact_uri, start_time)
        SELECT ${run}, 0, 'run-' || i, 'bench', 'FINISHED', 'active', 'mlflow-artifacts:/0/' || i, 1000 + i FROM generate_series(1, ${RUNS}) AS i`,
      `INSERT INTO latest_metrics (run_uuid, key, value, timestamp, step, is_nan) SELECT ${run}, k, random(), 1000, 0, false FROM generate_series(1, ${RUNS}) AS i, unnest(ARRAY['acc','loss','f1','auc','time']) AS k ORDER BY i, k`,
      `INSERT INTO params (run_uuid, key, value) SELECT ${run}, 'p' || k, (i % 7)::text FROM generate_series(1, ${RUNS}) AS i, generate_series(1, 10) AS k ORDER BY i, k`,
      `INSERT INTO tags (run_uuid, key, value) SELECT ${run}, 't' || k, (i % 7)::text FROM generate_series(1, ${RUNS}) AS i, generate_series(1, 5) AS k ORDER BY i, k`,
      `INSERT INTO metrics (run_uuid, key, value, timestamp, step, is_nan) SELECT lpad('1', 32, '0'), 'loss', random(), 1000 + i, i, false FROM generate_series(1, ${POINTS}) AS i`,
    ]);
    const figures = await measure({ MLFLOW_TRACKING_URI: address });
    return { figures, bytes: familyBytes(child.pid!) };
  } finally {
    await end(child, "SIGTERM");
  }
}

async function measure(env: Record<string, string>): Promise<Figures> {
  const done = await run(python!, ["bench/tracking-client.py", "0", "1".padStart(32, "0"), ROUNDS], {
    env: { ...env, MLFLOW_DISABLE_TELEMETRY: "true" },
  });
  if (done.code !== 0) throw new Error(done.output);
  return JSON.parse(done.output.trim().split("\n").at(-1)!);
}

async function answering(url: string): Promise<void> {
  for (let attempt = 0; attempt < 1200; attempt++) {
    const ok = await fetch(url).then(
      (response) => response.ok,
      () => false,
    );
    if (ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${url} does not answer`);
}

/** Resident bytes of a process and all below it; pages that they share count for each. */
function familyBytes(pid: number): number {
  const read = (file: string) => {
    try {
      return readFileSync(file, "utf8");
    } catch {
      return "";
    }
  };
  const own = Number(/VmRSS:\s+(\d+)/.exec(read(`/proc/${pid}/status`))?.[1] ?? 0) * 1024;
  const children = read(`/proc/${pid}/task/${pid}/children`).trim().split(/\s+/).filter(Boolean).map(Number);
  return own + children.reduce((sum, child) => sum + familyBytes(child), 0);
}

function mb(bytes: number): string {
  return `${Math.round(bytes / 2 ** 20)} MiB`;
}
