import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createPostgresServer, type PostgresServer } from "@/lib/db/testing-server";
import { end, type Server, startServer } from "../faults/process";
import { javaClassPath } from "./java";
import { CLIENTS, pythonOf, run } from "./python";

const KEY = "bootstrap-key-of-the-clients";
const EVERYWHERE = ["tracking", "registry", "writers", "autolog", "commands", "study"];
const MORE: Record<string, string[]> = { "3": ["webhooks"] };
const scenarios = (version: string) => [...EVERYWHERE, ...(MORE[version] ?? [])];

const clients: { version: string; python: string | null }[] = [];
for (const client of CLIENTS) clients.push({ version: client.version, python: await pythonOf(client) });

const classPath = await javaClassPath();

let folder: string;
let postgres: PostgresServer | null;
let server: Server;

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), "tidemark-mlflow-"));
  postgres = await createPostgresServer({ fsync: "off", full_page_writes: "off" });
  server = await startServer({
    TIDEMARK_DATA_DIR: folder,
    TIDEMARK_BOOTSTRAP_KEY: KEY,
    DATABASE_URL: postgres?.url ?? "",
    TIDEMARK_PRIVATE_WEBHOOKS: "1",
  });
}, 180_000);

afterAll(async () => {
  if (server) await end(server.child, "SIGTERM");
  await postgres?.dispose();
  rmSync(folder, { recursive: true, force: true });
});

const environment = (auth: "token" | "password") => ({
  MLFLOW_TRACKING_URI: server.url,
  ...(auth === "token"
    ? { MLFLOW_TRACKING_TOKEN: KEY }
    : { MLFLOW_TRACKING_USERNAME: "anybody", MLFLOW_TRACKING_PASSWORD: KEY }),
  MLFLOW_HTTP_REQUEST_MAX_RETRIES: "2",
  MLFLOW_DISABLE_TELEMETRY: "true",
  GIT_PYTHON_REFRESH: "quiet",
  PYTHONWARNINGS: "ignore",
});

for (const { version, python } of clients) {
  describe.skipIf(!python)(`the Python client ${version}`, () => {
    for (const scenario of scenarios(version)) {
      test.concurrent(scenario, async ({ expect }) => {
        const script = path.resolve("e2e/mlflow/scenarios", `${scenario}.py`);
        // 2.9 logs in by password, the others by token: both ways are seen to work.
        const env = environment(version === "2.9" ? "password" : "token");
        const done = await run(python!, [script], { cwd: folder, env, timeoutMs: 280_000 });
        expect(done.output.trim().split("\n").at(-1), done.output).toBe("ok");
        expect(done.code).toBe(0);
      });
    }
  });
}

test.skipIf(!classPath)("the Java client", async () => {
  // It sends files by MLflow's command in Python, and without that is seen to do the rest.
  const python = clients.findLast((client) => client.python)?.python;
  const program = path.resolve("e2e/mlflow/java/Tracking.java");
  const done = await run("java", ["-cp", classPath!, program, ...(python ? ["files"] : [])], {
    cwd: folder,
    env: {
      ...environment("token"),
      ...(python ? { PATH: `${path.dirname(python)}${path.delimiter}${process.env.PATH}` } : {}),
    },
    timeoutMs: 280_000,
  });
  expect(done.output.trim().split("\n").at(-1), done.output).toBe("ok");
  expect(done.code).toBe(0);
});

test.skipIf(clients.every(({ python }) => !python))("a client without a key is told so at once", async () => {
  const { python } = clients.find((client) => client.python)!;
  const script = "import mlflow; mlflow.set_experiment('x')";
  const env = { ...environment("token"), MLFLOW_TRACKING_TOKEN: "" };
  const done = await run(python!, ["-c", script], { cwd: folder, env });
  expect(done.code).not.toBe(0);
  expect(done.output).toMatch(/UNAUTHENTICATED/);
});
