import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { comparedRuns } from "@/lib/experiments/compared";
import { dimensionsOf } from "@/lib/experiments/dimensions";
import { paramImportance } from "@/lib/experiments/importance";
import { ColumnNames, RunPage } from "@/lib/experiments/schema";
import { ofCompleteTrials, prepareStudy } from "@/lib/experiments/study";
import { end, type Server, startServer } from "../faults/process";
import { CLIENTS, pythonOf, run } from "./python";

/** What the study page makes of the runs that Optuna's callback logs, against what Optuna makes of the study itself. */
const KEY = "bootstrap-key-of-the-studies";

type Told = {
  experiment: string;
  best: { number: number; value: number; params: Record<string, number | string> };
  history: { number: number; value: number; best: number }[];
  states: Record<string, number>;
  importance: [param: string, share: number][];
};

const python = await pythonOf(CLIENTS.at(-1)!);
let folder: string;
let server: Server;

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), "tidemark-study-"));
  server = await startServer({ TIDEMARK_DATA_DIR: folder, TIDEMARK_BOOTSTRAP_KEY: KEY, DATABASE_URL: "" });
}, 180_000);

afterAll(async () => {
  await end(server.child, "SIGTERM");
  rmSync(folder, { recursive: true, force: true });
});

const get = async (address: string): Promise<unknown> => {
  const reply = await fetch(`${server.url}/api/v1/experiments/${address}`, {
    headers: { authorization: `Bearer ${KEY}` },
  });
  expect(reply.status).toBe(200);
  return reply.json();
};

/** The runs as the page asks for them. */
async function readRuns(experiment: string) {
  const names = ColumnNames.parse(await get(`${experiment}/names`));
  const columns = (["params", "metrics", "tags"] as const).flatMap((kind) =>
    names[kind].map((name) => `column=${encodeURIComponent(`${kind}.${name}`)}`),
  );
  return comparedRuns(RunPage.parse(await get(`${experiment}/runs?limit=100&${columns.join("&")}`)));
}

describe.skipIf(!python)("an Optuna study", () => {
  test.each(["minimize", "maximize"])(
    "to %s has the best trial, history and params that Optuna sees",
    async (direction) => {
      const done = await run(python!, [path.resolve("e2e/mlflow/scenarios/sweep.py"), direction], {
        cwd: folder,
        env: {
          MLFLOW_TRACKING_URI: server.url,
          MLFLOW_TRACKING_TOKEN: KEY,
          MLFLOW_DISABLE_TELEMETRY: "true",
          PYTHONWARNINGS: "ignore",
        },
        timeoutMs: 280_000,
      });
      expect(done.code, done.output).toBe(0);
      const optuna: Told = JSON.parse(done.output.trim().split("\n").at(-1)!);
      const runs = await readRuns(optuna.experiment);
      const dimensions = dimensionsOf(runs);
      const outcome = dimensions.find(({ id }) => id === "metrics.outcome")!;
      const study = prepareStudy(runs, outcome, null);

      expect(study).toMatchObject({ optuna: true, goal: direction.slice(0, 3), goalFrom: "tag" });
      expect(study.best).toMatchObject({ number: optuna.best.number, value: optuna.best.value });
      for (const [param, value] of Object.entries(optuna.best.params)) {
        const found = dimensions.find(({ id }) => id === `params.${param}`)!.values[study.best!.place];
        expect(found, param).toBe(value);
      }
      expect(study.history.map(({ number, value, best }) => ({ number, value, best }))).toEqual(
        optuna.history,
      );
      expect(Object.fromEntries(study.states.map(({ state, trials }) => [state, trials]))).toEqual(
        optuna.states,
      );

      // Optuna's forest says what explains the variance, ours what a prediction loses: the order of what matters is one.
      const ours = paramImportance(dimensions, ofCompleteTrials(runs, outcome))!;
      expect(ours.runs).toBe(optuna.states.complete);
      const order = (params: string[]) => params.slice(0, 2);
      expect(order(ours.params.map(({ key }) => key))).toEqual(order(optuna.importance.map(([key]) => key)));
    },
  );
});
