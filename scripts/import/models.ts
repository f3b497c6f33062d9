import { type Job, orSkip, toNumber, toPairs } from "./job";
import { placeOf } from "./places";
import type { SourceModel, SourceVersion } from "./source";

const STAGES = ["None", "Staging", "Production", "Archived"] as const;
type Stage = (typeof STAGES)[number];

/** The registry: models, and their versions under their own numbers with stages and aliases. */
export async function bringModels(job: Job): Promise<void> {
  for await (const model of job.source.models()) await bringModel(job, model);
}

async function bringModel(job: Job, model: SourceModel): Promise<void> {
  const created = toNumber(model.creation_timestamp) ?? 0;
  const receipt = await orSkip(job, "registered models", model.name, () =>
    job.target.put({
      kind: "model",
      name: model.name,
      description: model.description ?? "",
      owner: model.user_id || null,
      created_ms: created,
      updated_ms: toNumber(model.last_updated_timestamp) ?? created,
      tags: toPairs(model.tags),
    }),
  );
  if (!receipt) {
    for await (const version of job.source.versions(model.name)) {
      job.tally.skip("model versions", `${model.name} ${version.version}`, "its model was skipped");
    }
    return;
  }
  if (receipt.outcome !== "other") job.tally.add("registered models", receipt.outcome);
  for await (const version of job.source.versions(model.name)) {
    const aliases = (model.aliases ?? []).filter((each) => String(each.version) === String(version.version));
    await bringVersion(
      job,
      version,
      aliases.map(({ alias }) => alias),
    );
  }
}

async function bringVersion(job: Job, version: SourceVersion, aliases: string[]): Promise<void> {
  const { tally } = job;
  const example = `${version.name} ${version.version}`;
  if (version.status && version.status !== "READY") {
    tally.skip("model versions", example, `its registration is ${version.status} there`);
    return;
  }
  const created = toNumber(version.creation_timestamp) ?? 0;
  const { source, location } = await sourceOf(job, version);
  const receipt = await orSkip(job, "model versions", example, () =>
    job.target.put({
      kind: "version",
      model: version.name,
      number: Number(version.version),
      stage: STAGES.includes(version.current_stage as Stage) ? (version.current_stage as Stage) : "None",
      description: version.description ?? "",
      owner: version.user_id || null,
      source,
      storage_location: location,
      run_id: version.run_id || null,
      run_link: version.run_link ?? "",
      logged_model_id: version.model_id || (/^models:\/+(m-[^/@]+)$/.exec(version.source ?? "")?.[1] ?? null),
      created_ms: created,
      updated_ms: toNumber(version.last_updated_timestamp) ?? created,
      tags: toPairs(version.tags),
      aliases,
    }),
  );
  if (!receipt) return;
  if (receipt.outcome === "other") {
    tally.skip("model versions", example, "another version has that number here");
    for (const alias of aliases) tally.skip("aliases", `${version.name}@${alias}`, "its version was skipped");
    return;
  }
  tally.add("model versions", receipt.outcome);
  tally.add("aliases", "new", receipt.added);
  const heldBack = receipt.held_back ?? [];
  const aliasesHeld = heldBack.filter(({ kind }) => kind === "alias");
  tally.add("aliases", "there", aliases.length - receipt.added - aliasesHeld.length);
  for (const { name } of aliasesHeld)
    tally.skip("aliases", `${version.name}@${name}`, "a policy protects it here: ask for a promotion");
  for (const { name } of heldBack.filter(({ kind }) => kind === "stage"))
    tally.note(
      "model versions",
      example,
      `here without the stage ${name}, which a policy protects: ask for a promotion`,
    );
  if (version.source && source === "") {
    tally.skip(
      "files",
      version.source,
      `a version's files that are outside of every experiment: the version is here without a source`,
    );
  }
}

/** What a version was made of, and where that is after the move. "" where it is on the disk of another machine. */
async function sourceOf({ places, source: from }: Job, version: SourceVersion) {
  const said = version.source ?? "";
  const source = said === "" ? "" : (places.moved(said) ?? "");
  if (!/^models:/.test(said)) return { source, location: source };
  const found = await from.downloadUri(version.name, version.version);
  const location = found === null || placeOf(found) === "remote" ? found : places.moved(found);
  return { source, location: location ?? source };
}
