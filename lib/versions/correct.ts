import type { Database } from "@/lib/db/client";
import { sqlState } from "@/lib/db/errors";
import { TidemarkError } from "@/lib/errors";
import {
  DEFAULT_SETTINGS,
  type Feature,
  type FeatureType,
  type VersionSchema,
  type VersionSchemaPatch,
} from "@/lib/models/schema";
import { type Column, getVersion, type VersionRecord } from "@/lib/models/store";
import { wordOf } from "@/lib/predictions/word";
import { describeSchema } from "./describe";
import { MOST_RETYPED_ROWS, prepareRetype, ROOTS } from "./retype";
import {
  countRows,
  readReach,
  readSettings,
  writeCorrection,
  writePositiveClass,
  writeRetype,
} from "./store";

/** Each round loses to a row or a change that came meanwhile; they get through sooner or later. */
const MOST_ROUNDS = 8;

type FeaturePatch = NonNullable<VersionSchemaPatch["features"]>[number];

/**
 * Corrects what a version's schema says: units, descriptions, what is monitored, thresholds, settings, the positive
 * class, a feature's type. Everything is checked before anything is written; then each kind of change is one statement,
 * audited within it. A change of type or positive class rewrites stored rows and counts them anew, so that all reports
 * are as if it had been so from the start.
 * @param actor who does it, for the audit log
 * @returns the schema as it is afterwards
 * @throws TidemarkError `bad_request` naming field, value and what there is; `conflict` while rows are re-counted
 */
export async function correctSchema(
  db: Database,
  {
    model,
    version,
    patch,
    actor,
  }: { model: string; version: string; patch: VersionSchemaPatch; actor: string },
): Promise<VersionSchema> {
  const record = await getVersion(db, model, version);
  const features = (patch.features ?? []).map((each) => ({ each, column: columnOf(record, each) }));
  const retyped = features.filter(({ each, column }) => each.type !== undefined && each.type !== column.type);
  for (const { each, column } of retyped) await prepareRetype(db, record, column, each.type!);
  const positive =
    patch.positive_class === undefined ? null : await positiveCode(db, record, patch.positive_class);
  const turns = positive !== null && positive !== record.positiveClass;
  if (!patch.discard_history) {
    if (retyped.length > 0) await refuseLoss(db, record, "features");
    if (turns) await refuseLoss(db, { ...record, versionId: null }, "positive_class");
  }

  const subject = `version:${model}/${version}`;
  if (patch.settings || features.length > 0) {
    await again(() => writeWords(db, { model, version }, patch.settings ?? {}, features, { actor, subject }));
  }
  for (const { each } of retyped) {
    await again(() => retype(db, { model, version }, each, { actor, subject }));
  }
  if (turns) {
    await again(() =>
      writePositiveClass(db, record.modelId, positive, ROOTS, {
        actor,
        subject: `model:${model}`,
        before: {
          positive_class: record.positiveClass === null ? null : record.classes[record.positiveClass - 1],
        },
        after: { positive_class: patch.positive_class },
      }),
    );
  }
  return describeSchema(db, { model, version });
}

/** What was counted is counted anew of the rows, so that counts whose rows are gone would go as well. */
async function refuseLoss(
  db: Database,
  of: { modelId: number; versionId: number | null },
  field: string,
): Promise<void> {
  const { counted, kept } = await readReach(db, of);
  if (counted === null || (kept !== null && kept <= counted)) return;
  throw new TidemarkError(
    "conflict",
    `${field}: the rows of ${counted} to ${kept ?? "today"} were removed by retention, and their counts would be lost by counting anew: log under another name from now on, or send "discard_history": true to lose them`,
  );
}

async function writeWords(
  db: Database,
  at: { model: string; version: string },
  settings: NonNullable<VersionSchemaPatch["settings"]>,
  features: readonly { each: FeaturePatch; column: Column }[],
  { actor, subject }: { actor: string; subject: string },
): Promise<void> {
  const record = await getVersion(db, at.model, at.version);
  const before = await readSettings(db, record);
  const held: Record<string, unknown> = { ...DEFAULT_SETTINGS, ...before };
  const said = features.map(({ each, column }) => {
    const { name, role, type: _, ...words } = each;
    const now = record.columns.find(({ id }) => id === column.id) ?? column;
    const old = Object.fromEntries(Object.keys(words).map((key) => [key, now[key as keyof Feature] ?? null]));
    return { id: column.id, name, role, words, old: { ...old, state: now.state } };
  });
  const named = (of: "words" | "old") =>
    said.map((each) => ({
      name: each.name,
      role: each.role,
      ...(of === "words" ? { ...each.words, state: "confirmed" } : each.old),
    }));
  await writeCorrection(
    db,
    record,
    { settingsBefore: before, settings, features: said.map(({ id, words }) => ({ ...words, id })) },
    {
      actor,
      subject,
      before: {
        settings: Object.fromEntries(Object.keys(settings).map((key) => [key, held[key]])),
        features: named("old"),
      },
      after: { settings, features: named("words") },
    },
  );
}

async function retype(
  db: Database,
  at: { model: string; version: string },
  each: FeaturePatch,
  { actor, subject }: { actor: string; subject: string },
): Promise<void> {
  const record = await getVersion(db, at.model, at.version);
  const column = columnOf(record, each);
  const type = each.type as FeatureType;
  if (column.type === type) return;
  const change = await prepareRetype(db, record, column, type);
  await writeRetype(db, record, change, {
    actor,
    subject,
    before: { features: [{ name: column.name, type: column.type }] },
    after: { features: [{ name: column.name, type }] },
  });
}

function columnOf(record: VersionRecord, { name, role, type }: FeaturePatch): Column {
  const column = record.columns.find((each) => each.name === name && each.role === role);
  if (!column) {
    const known = record.columns.filter((each) => each.role === role).map((each) => each.name);
    throw new TidemarkError(
      "bad_request",
      `features: version "${record.version}" has no ${role} "${name.slice(0, 80)}"; it has ${known.slice(0, 60).join(", ") || "none yet"}`,
    );
  }
  if (role === "segment" && type === "numerical") {
    throw new TidemarkError(
      "bad_request",
      `features: "${name}" is a segment key, which is always a category`,
    );
  }
  return column;
}

async function positiveCode(db: Database, record: VersionRecord, name: string): Promise<number> {
  if (record.task === "regression") {
    throw new TidemarkError(
      "bad_request",
      `positive_class: model "${record.model}" predicts numbers and has no classes`,
    );
  }
  const code = record.classes.indexOf(wordOf(name)) + 1;
  if (code === 0) {
    throw new TidemarkError(
      "bad_request",
      `positive_class: "${name.slice(0, 80)}" is no class of model "${record.model}"; it has ${
        record.classes
          .slice(0, 40)
          .map((each) => `"${each}"`)
          .join(", ") || "none yet"
      }`,
    );
  }
  const n = await countRows(db, { modelId: record.modelId, versionId: null });
  if (code !== record.positiveClass && n > MOST_RETYPED_ROWS) {
    throw new TidemarkError(
      "too_large",
      `model "${record.model}" has ${n} predictions, and the positive class is corrected for at most ${MOST_RETYPED_ROWS}: log under a new model`,
    );
  }
  return code;
}

/** Repeats what lost against a row or a change that came between looking and writing. */
async function again(write: () => Promise<void>): Promise<void> {
  for (let round = 1; ; round++) {
    try {
      return await write();
    } catch (error) {
      const state = sqlState(error);
      if (state === "TM003") {
        throw new TidemarkError(
          "conflict",
          "rows are being counted anew for a new baseline: try again when that has ended",
          { cause: error },
        );
      }
      if (state !== "TM001") throw error;
      if (round >= MOST_ROUNDS) {
        throw new TidemarkError("conflict", "the version keeps changing meanwhile: try again", {
          cause: error,
        });
      }
    }
  }
}
