import { type Job, orSkip, toNumber, toPairs } from "./job";
import { bringLoggedModels } from "./logged-models";
import { bringModels } from "./models";
import { placeOf } from "./places";
import { bringRun } from "./runs";
import type { SourceExperiment } from "./source";

/** Runs at a time: the answer of one is waited for while another's is read. */
const AT_ONCE = 4;

/** Brings everything over: experiments with what is in them, then the registry, whose versions name runs. */
export async function bringEverything(job: Job): Promise<void> {
  for await (const experiment of job.source.experiments()) await bringExperiment(job, experiment);
  await bringModels(job);
}

async function bringExperiment(job: Job, experiment: SourceExperiment): Promise<void> {
  const location = experiment.artifact_location ?? "";
  const tags = toPairs(experiment.tags);
  const updated = toNumber(experiment.last_update_time) ?? toNumber(experiment.creation_time) ?? 0;
  const receipt = await orSkip(job, "experiments", experiment.name, () =>
    job.target.put({
      kind: "experiment",
      name: experiment.name,
      artifact_location: placeOf(location) === "remote" ? location : null,
      lifecycle_stage: experiment.lifecycle_stage ?? "active",
      creation_time: toNumber(experiment.creation_time) ?? updated,
      last_update_time: updated,
      tags,
    }),
  );
  if (!receipt) return;
  if (receipt.outcome !== "other") job.tally.add("experiments", receipt.outcome);
  job.tally.add("experiment tags", "new", receipt.added);
  job.tally.add("experiment tags", "there", tags.length - receipt.added);
  if (location) job.places.move(location, receipt.artifact_uri!);

  const here = { experimentId: receipt.experiment_id!, deletedTime: null as number | null };
  if (experiment.lifecycle_stage === "deleted") here.deletedTime = updated;
  for await (const model of job.source.loggedModels(experiment.experiment_id)) {
    await bringLoggedModels(job, model, here.experimentId);
  }
  const runs = job.source.runs(experiment.experiment_id);
  const worker = async () => {
    for (let next = await runs.next(); !next.done; next = await runs.next())
      await bringRun(job, next.value, here);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}
