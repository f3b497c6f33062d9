import { seeded } from "@/lib/seeded";
import { type Post, poster } from "./seed";

export const SWEEP = { experiment: "flight-delay sweep", runs: 30, steps: 200, spike: 97 } as const;

const T0 = Date.UTC(2026, 2, 1, 9);
const json = (body: unknown) => ({
  method: "POST" as const,
  type: "application/json",
  body: JSON.stringify(body),
});

export type Logger = ReturnType<typeof mlflow>;

/** MLflow's protocol, as its client speaks it. */
export function mlflow(post: Post) {
  const call = <Reply>(path: string, body: unknown) =>
    post(`/api/2.0/mlflow/${path}`, json(body)) as Promise<Reply>;
  return {
    call,
    experiment: async (name: string) =>
      (await call<{ experiment_id: string }>("experiments/create", { name })).experiment_id,
    async run(
      experiment_id: string,
      run_name: string,
      { tags = {}, start = T0 }: { tags?: Record<string, string>; start?: number } = {},
    ) {
      const { run } = await call<{ run: { info: { run_id: string } } }>("runs/create", {
        experiment_id,
        run_name,
        user_id: "ada",
        start_time: start,
        tags: Object.entries(tags).map(([key, value]) => ({ key, value })),
      });
      return run.info.run_id;
    },
    log: (run_id: string, batch: { metrics?: unknown[]; params?: { key: string; value: string }[] }) =>
      call("runs/log-batch", { run_id, ...batch }),
    end: (run_id: string, status: "FINISHED" | "FAILED", end_time: number) =>
      call("runs/update", { run_id, status, end_time }),
    file: (experiment: string, run: string, path: string, type: string, body: string) =>
      post(`/api/2.0/mlflow-artifacts/artifacts/${experiment}/${run}/artifacts/${path}`, {
        method: "PUT",
        type,
        body,
      }),
  };
}

/** A sweep over learning rate and depth: two runs have children, one spikes, one failed, one goes on. */
export async function seedRuns(url: string, key: string): Promise<string> {
  const log = mlflow(poster(url, key));
  const random = seeded(11);
  const experiment = await log.experiment(SWEEP.experiment);
  const parents: string[] = [];
  for (let i = 0; i < SWEEP.runs; i++) {
    const child = i >= 20 && i < 26;
    const start = T0 + i * 3_600_000;
    const lr = [0.3, 0.1, 0.03, 0.01][i % 4]!;
    const depth = 3 + (i % 5);
    const run = await log.run(experiment, `${child ? "fold" : "trial"}-${i}`, {
      start,
      tags: {
        team: i % 2 ? "blue" : "red",
        "mlflow.source.name": "train.py",
        ...(child ? { "mlflow.parentRunId": parents[i % 2]! } : {}),
      },
    });
    if (i < 2) parents.push(run);
    await log.log(run, {
      params: [
        { key: "learning_rate", value: String(lr) },
        { key: "max_depth", value: String(depth) },
        { key: "booster", value: i % 3 ? "gbtree" : "dart" },
        { key: "seed", value: "7" },
      ],
    });
    const metrics = [];
    for (let step = 0; step < SWEEP.steps; step++) {
      const fall = Math.exp((-step * lr) / 12);
      const spike = i === 3 && step === SWEEP.spike ? 4 : 0;
      const timestamp = start + step * 1500;
      const loss = 0.3 + 0.05 * Math.abs(depth - 5) + fall + 0.03 * random.normal() + spike;
      metrics.push({ key: "train/loss", value: loss, step, timestamp });
      if (step % 5 === 0) {
        metrics.push({ key: "val/loss", value: loss + 0.1, step, timestamp });
        metrics.push({
          key: "val/auc",
          value: 0.9 - 0.35 * fall - 0.01 * Math.abs(depth - 5) + 0.004 * random.normal(),
          step,
          timestamp,
        });
        metrics.push({
          key: "system/cpu_utilization_percentage",
          value: 40 + 20 * random.uniform(),
          step,
          timestamp,
        });
      }
    }
    await log.log(run, { metrics });
    if (i === 28) await log.end(run, "FAILED", start + 100_000);
    else if (i !== 29) await log.end(run, "FINISHED", start + SWEEP.steps * 1500);
    if (i < 4) {
      await log.call("runs/log-inputs", {
        run_id: run,
        datasets: [
          {
            dataset: {
              name: "flights-2001",
              digest: `9f86d0${i}`,
              source_type: "local",
              source: '{"uri":"flights.parquet"}',
            },
            tags: [{ key: "mlflow.data.context", value: "training" }],
          },
        ],
      });
      await log.file(
        experiment,
        run,
        "report/metrics.json",
        "application/json",
        JSON.stringify({ auc: 0.87 + i / 100, folds: [1, 2, 3] }),
      );
      await log.file(
        experiment,
        run,
        "report/confusion.csv",
        "text/csv",
        `actual,late,on time\nlate,${120 + i},30\non time,22,410\n`,
      );
      await log.file(experiment, run, "notes.txt", "text/plain", `trial ${i}\nlearning rate ${lr}\n`);
      await log.file(
        experiment,
        run,
        "evil.html",
        "text/html",
        "<script>document.title='owned'</script><b>bold</b>",
      );
    }
  }
  return experiment;
}
