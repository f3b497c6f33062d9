import type { ImportReceipt } from "@/lib/imports/schema";
import { bringFiles, type Job, orSkip, toNumber, toPairs } from "./job";
import type { SourceMetric, SourceRun } from "./source";
import type { Logged } from "./target";

const POINTS_PER_BATCH = 1000;
const PAIRS_PER_BATCH = 100;
const STATUSES = ["RUNNING", "SCHEDULED", "FINISHED", "FAILED", "KILLED"] as const;
type Status = (typeof STATUSES)[number];

/**
 * A run under its own id. Its end is said last: one that has ended here is here whole, and is only looked through for
 * what came to it since.
 */
export async function bringRun(
  job: Job,
  listed: SourceRun,
  { experimentId, deletedTime }: { experimentId: string; deletedTime: number | null },
): Promise<void> {
  const { info } = listed;
  const receipt = await orSkip(job, "runs", info.run_id, () =>
    job.target.put({
      kind: "run",
      run_id: info.run_id,
      experiment_id: experimentId,
      run_name: info.run_name ?? "",
      user_id: info.user_id ?? "",
      start_time: toNumber(info.start_time),
      artifact_uri: job.places.moved(info.artifact_uri ?? ""),
    }),
  );
  if (!receipt) return;
  if (receipt.outcome !== "other") job.tally.add("runs", receipt.outcome);
  const there = receipt.outcome === "new" ? null : await job.target.run(info.run_id);
  await bringContents(job, listed, there, receipt);
  await bringFiles(job, {
    from: info.artifact_uri ?? "",
    to: receipt.artifact_uri!,
    usual: `${info.experiment_id}/${info.run_id}/artifacts`,
    count: () => job.source.rootEntries(info.run_id),
  });
  if (isWhole(receipt)) return;
  const deleted = info.lifecycle_stage === "deleted";
  await job.target.put({
    kind: "run_end",
    run_id: info.run_id,
    status: STATUSES.includes(info.status as Status) ? (info.status as Status) : "FINISHED",
    end_time: toNumber(info.end_time),
    lifecycle_stage: deleted ? "deleted" : "active",
    deleted_time: deleted ? (deletedTime ?? Date.now()) : null,
  });
}

const isWhole = ({ status, lifecycle_stage }: ImportReceipt) =>
  lifecycle_stage === "deleted" || (status !== "RUNNING" && status !== "SCHEDULED");

/** Params, tags, histories, data sets and links of a run. */
async function bringContents(
  job: Job,
  run: SourceRun,
  there: SourceRun | null,
  receipt: ImportReceipt,
): Promise<void> {
  const { tally } = job;
  const id = run.info.run_id;
  const params = toPairs(run.data?.params);
  const tags = toPairs(run.data?.tags);
  const held = {
    params: new Map(toPairs(there?.data?.params).map((pair) => [pair.key, pair.value])),
    tags: new Map(toPairs(there?.data?.tags).map((pair) => [pair.key, pair.value])),
  };
  if (receipt.lifecycle_stage === "deleted") {
    // Deleted here, nothing can be added to it; deleted by an import, it was whole.
    tally.add("params", "there", params.length);
    tally.add("tags", "there", tags.length);
    tally.add("metric points", "there", receipt.points ?? 0);
    tally.add("data set inputs", "there", run.inputs?.dataset_inputs?.length ?? 0);
    return;
  }
  const missing = {
    params: params.filter((param) => held.params.get(param.key) !== cutTo(param.value, 6000)),
    // Of a run that has ended here a tag may have been changed by hand since.
    tags: tags.filter((tag) =>
      isWhole(receipt) ? !held.tags.has(tag.key) : held.tags.get(tag.key) !== cutTo(tag.value, 8000),
    ),
  };
  for (const kind of ["params", "tags"] as const) {
    await sendPairs(job, id, kind, missing[kind], held[kind]);
    const total = kind === "params" ? params.length : tags.length;
    tally.add(kind, "there", total - missing[kind].length);
  }
  if (isWhole(receipt) && sameMetrics(run.data?.metrics, there?.data?.metrics)) {
    tally.add("metric points", "there", receipt.points ?? 0);
  } else {
    await bringHistories(job, run, receipt.points ?? 0);
  }
  await bringInputs(job, run, there);
}

const cutTo = (text: string, most: number) => (text.length > most ? text.slice(0, most) : text);

async function sendPairs(
  { target, tally }: Job,
  runId: string,
  kind: "params" | "tags",
  pairs: { key: string; value: string }[],
  held: ReadonlyMap<string, string>,
): Promise<void> {
  for (let from = 0; from < pairs.length; from += PAIRS_PER_BATCH) {
    const batch = pairs.slice(from, from + PAIRS_PER_BATCH);
    const refused = new Set<string>();
    await target.log(runId, { metrics: [], params: [], tags: [], [kind]: batch }, (item, why) => {
      const key = item[kind]![0]!.key;
      refused.add(key);
      tally.skip(kind, `${runId} ${key}`, why);
    });
    for (const { key } of batch) if (!refused.has(key)) tally.add(kind, held.has(key) ? "there" : "new");
  }
}

function sameMetrics(there: readonly SourceMetric[] = [], here: readonly SourceMetric[] = []): boolean {
  const text = (metric: SourceMetric) =>
    `${metric.value} ${Number(metric.timestamp ?? 0)} ${Number(metric.step ?? 0)}`;
  const held = new Map(here.map((metric) => [metric.key, text(metric)]));
  return there.every((metric) => held.get(metric.key) === text(metric));
}

/** A page at a time, whatever the length; what is here already the store leaves out. */
async function bringHistories(job: Job, run: SourceRun, pointsBefore: number): Promise<void> {
  const { source, target, tally } = job;
  const id = run.info.run_id;
  let sent = 0;
  for (const { key } of run.data?.metrics ?? []) {
    for await (const page of source.history(id, key)) {
      const points = distinct(page);
      for (let from = 0; from < points.length; from += POINTS_PER_BATCH) {
        const metrics = points.slice(from, from + POINTS_PER_BATCH).map((point) => ({ key, ...point }));
        let refused = 0;
        await target.log(id, { metrics, params: [], tags: [] } satisfies Logged, (_, why) => {
          refused++;
          tally.skip("metric points", `${id} ${key}`, why);
        });
        sent += metrics.length - refused;
      }
    }
  }
  if (sent === 0) return;
  const after = Number((await standing(job, run)).points ?? 0);
  const added = Math.min(sent, after - pointsBefore);
  tally.add("metric points", "new", added);
  tally.add("metric points", "there", sent - added);
}

/** A store in a folder keeps a point that was logged twice twice; as in any database it is one here. */
function distinct(page: readonly SourceMetric[]) {
  const points = page.map(({ value, timestamp = 0, step = 0 }) => ({
    value,
    timestamp: Number(timestamp),
    step: Number(step),
  }));
  return [
    ...new Map(points.map((point) => [`${point.value} ${point.timestamp} ${point.step}`, point])).values(),
  ];
}

const standing = ({ target }: Job, { info }: SourceRun) =>
  target.put({
    kind: "run",
    run_id: info.run_id,
    experiment_id: "0",
    run_name: "",
    user_id: "",
    start_time: null,
    artifact_uri: null,
  });

async function bringInputs(job: Job, listed: SourceRun, there: SourceRun | null): Promise<void> {
  const { target, tally } = job;
  const id = listed.info.run_id;
  // Lists of runs leave out what single runs say of models.
  const run = listed.outputs || listed.inputs?.model_inputs ? listed : await job.source.run(id);
  const name = (each: { dataset: { name: string; digest: string } }) =>
    `${each.dataset.name} ${each.dataset.digest}`;
  const held = new Set((there?.inputs?.dataset_inputs ?? []).map(name));
  for (const each of run.inputs?.dataset_inputs ?? []) {
    if (held.has(name(each))) {
      tally.add("data set inputs", "there");
      continue;
    }
    const datasets = [{ tags: toPairs(each.tags), dataset: each.dataset }];
    const done = await orSkip(job, "data set inputs", `${id} ${name(each)}`, async () => {
      await target.logInputs(id, { datasets });
      return true;
    });
    if (done) tally.add("data set inputs", "new");
  }
  const link = "links of runs to models";
  const inputs = new Set((there?.inputs?.model_inputs ?? []).map((model) => model.model_id));
  for (const { model_id } of run.inputs?.model_inputs ?? []) {
    if (!inputs.has(model_id)) await target.logInputs(id, { models: [{ model_id }] });
    tally.add(link, inputs.has(model_id) ? "there" : "new");
  }
  const outputs = new Set((there?.outputs?.model_outputs ?? []).map((model) => model.model_id));
  for (const { model_id, step } of run.outputs?.model_outputs ?? []) {
    if (!outputs.has(model_id)) await target.logOutputs(id, [{ model_id, step: Number(step ?? 0) }]);
    tally.add(link, outputs.has(model_id) ? "there" : "new");
  }
}
