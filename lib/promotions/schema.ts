import { z } from "zod";
import { ModelName, Sha256, Timestamp, VersionName } from "@/lib/wire";
import { PROMOTION_STATES, PROTECTED_STAGES } from "./states";

const Metric = z.string().trim().min(1, "name the metric").max(250);
const Feature = z.string().min(1, "name the feature").max(200);
const Share = z.number().min(0, "expected a share from 0 to 1").max(1, "expected a share from 0 to 1");

/** A part of the held-out rows: one or two features, each at a value as the evaluation names it; null: it is missing. */
export const SliceChoice = z
  .array(z.strictObject({ feature: Feature, value: z.string().max(1000).nullable() }))
  .min(1)
  .max(2);
export type SliceChoice = z.output<typeof SliceChoice>;

/** Which evaluation counts, and which of its rows. */
const evaluated = {
  /** SHA-256 of the held-out set that the evidence must rest on; null: whichever the latest confirmed one does. */
  dataset: Sha256.nullable().default(null),
  /** null: all rows. */
  slice: SliceChoice.nullable().default(null),
  /** Every value of a feature by itself: each has to pass. null: no. */
  each: Feature.nullable().default(null),
  /** Slices of `each` with fewer rows are named but not judged. */
  minimum_n: z.number().int().min(0).default(0),
  /** estimate: the value itself. interval: the worse end of its 95 % interval. */
  judge_by: z.enum(["estimate", "interval"]).default("estimate"),
};

/** Where a value is taken from. live: what was logged in the newest four weeks. */
export const MetricSource = z.enum(["evidence", "run", "card", "live"]);
export type MetricSource = z.output<typeof MetricSource>;

export const MetricGate = z.strictObject({
  kind: z.literal("metric"),
  metric: Metric,
  source: MetricSource.default("evidence"),
  at_least: z.number().nullable().default(null),
  at_most: z.number().nullable().default(null),
  ...evaluated,
});

/** The change against what the target holds, on the same rows. What is missing on either side fails. */
export const ChampionGate = z.strictObject({
  kind: z.literal("champion"),
  metric: Metric,
  /** Which way is better; null: as the metric's name says. */
  direction: z.enum(["higher", "lower"]).nullable().default(null),
  /** By how much it may be worse, in the metric's own unit; below 0: by how much it has to be better. */
  absolute: z.number().nullable().default(null),
  /** The same as a share of the champion's value. */
  relative: z.number().nullable().default(null),
  ...evaluated,
});

export const Gate = z
  .discriminatedUnion("kind", [
    MetricGate,
    ChampionGate,
    z.strictObject({
      kind: z.literal("evidence"),
      dataset: Sha256.nullable().default(null),
      max_age_days: z.number().positive().max(36_500).nullable().default(null),
    }),
    z.strictObject({ kind: z.literal("drift"), max_share: Share.default(0) }),
    z.strictObject({
      kind: z.literal("quality"),
      /** Of any feature, the share of rows without a value. */
      max_missing: Share.nullable().default(null),
      /** Of predictions, the share that failed. */
      max_errors: Share.nullable().default(null),
    }),
    z.strictObject({ kind: z.literal("coverage"), at_least: Share }),
    z.strictObject({
      kind: z.literal("card"),
      /** Whether every metric with a threshold has to reach it as well. */
      thresholds: z.boolean().default(false),
    }),
  ])
  .superRefine((gate, context) => {
    const wrong = (message: string, path: string) =>
      context.addIssue({ code: "custom", message, path: [path] });
    if (gate.kind === "metric") {
      if (gate.at_least === null && gate.at_most === null)
        wrong("a gate without a threshold passes nothing: give at_least, at_most or both", "at_least");
      if (gate.source !== "evidence") {
        for (const field of ["dataset", "slice", "each"] as const)
          if (gate[field] !== null) wrong(`${field} is read from evidence, not from ${gate.source}`, field);
        if (gate.judge_by === "interval")
          wrong(`an interval comes with evidence, not with ${gate.source}`, "judge_by");
      }
    }
    if (gate.kind === "champion" && gate.absolute === null && gate.relative === null)
      wrong("give a margin: absolute, relative or both; 0 = not worse at all", "absolute");
    if ("each" in gate && gate.each !== null && gate.slice !== null)
      wrong("choose one slice, or each value of a feature", "each");
    if (gate.kind === "quality" && gate.max_missing === null && gate.max_errors === null)
      wrong("give max_missing, max_errors or both", "max_missing");
  });
export type Gate = z.output<typeof Gate>;

/** What a version is promoted to. Only stages that serve can be protected. */
export const Target = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("stage"),
    name: z.enum(PROTECTED_STAGES, "only Staging and Production can be protected"),
  }),
  z.strictObject({ kind: z.literal("alias"), name: z.string().min(1).max(255) }),
]);
export type Target = z.output<typeof Target>;

const rule = {
  /** How many others than who asks must approve; 0 = the gates alone decide. */
  approvals: z.number().int().min(0).max(20),
  gates: z.array(Gate).max(100),
};

export const PolicyTarget = z
  .discriminatedUnion("kind", [
    Target.options[0].extend(rule).strict(),
    Target.options[1].extend(rule).strict(),
  ])
  .refine(({ approvals, gates }) => approvals > 0 || gates.length > 0, {
    message: "a target with neither gates nor approvals protects nothing: leave it out, or ask for one",
    path: ["approvals"],
  });
export type PolicyTarget = z.output<typeof PolicyTarget>;

const unique = (targets: readonly Target[]) =>
  new Set(targets.map(({ kind, name }) => `${kind} ${name}`)).size === targets.length;

const Why = z.string().max(2000, "a reason has at most 2,000 characters");

/** PUT /api/v1/models/{model}/policy */
export const PolicySave = z.strictObject({
  /** The revision that was read, 0 where there was none: a save over a newer one is refused. */
  revision: z.number().int().min(0),
  targets: z.array(PolicyTarget).max(50).refine(unique, "each stage or alias stands once"),
  why: Why.optional(),
});
export type PolicySave = z.output<typeof PolicySave>;

/** GET /api/v1/models/{model}/policy: what stands there is protected; revision 0 where nothing was ever set. */
export const Policy = z.object({
  model: z.string(),
  revision: z.number().int(),
  saved_at: Timestamp.nullable(),
  actor: z.string().nullable(),
  why: z.string().nullable(),
  targets: z.array(PolicyTarget),
});
export type Policy = z.output<typeof Policy>;

const Interval = z.tuple([z.number(), z.number()]).nullable();

export const GateResult = z.object({
  gate: Gate,
  /** "auc of the evidence" */
  name: z.string(),
  /** What was measured; null where it is missing. For `champion`: the difference, challenger − champion. */
  value: z.number().nullable(),
  interval: Interval,
  /** "at least 0.75" */
  threshold: z.string(),
  /** What the value rests on, and where it can be seen. */
  source: z.object({ label: z.string(), href: z.string().nullable() }),
  passed: z.boolean(),
  /** In a sentence, passed or not. */
  why: z.string(),
  /** With `each`: one by one, the worst first. passed is null where there were too few rows to judge. */
  slices: z.array(
    z.object({
      slice: z.string(),
      n: z.number().int(),
      value: z.number().nullable(),
      interval: Interval,
      passed: z.boolean().nullable(),
    }),
  ),
});
export type GateResult = z.output<typeof GateResult>;

/** An evaluation that gates rest on, as it was when they were judged. */
export const UsedEvidence = z.object({
  evaluation_id: z.string(),
  version: z.string(),
  dataset: z.string(),
  model_sha256: z.string(),
  /** Whether the files evaluated are those registered; null: the version has none here to compare with. */
  belongs: z.boolean().nullable(),
  state: z.string(),
  backend: z.string(),
  n: z.number().int(),
  created_at: Timestamp,
  created_by: z.string(),
});
export type UsedEvidence = z.output<typeof UsedEvidence>;

const Value = z.union([z.string(), z.number(), z.null()]);

/** A line of champion against challenger. */
export const SideBySide = z.object({
  title: z.string(),
  note: z.string().nullable(),
  rows: z.array(
    z.object({
      name: z.string(),
      champion: Value,
      challenger: Value,
      /** challenger − champion on the same rows, where both have evidence; null otherwise. */
      difference: z.object({ value: z.number(), interval: Interval }).nullable(),
      better: z.enum(["champion", "challenger"]).nullable(),
    }),
  ),
});
export type SideBySide = z.output<typeof SideBySide>;

/** Champion and challenger where both predicted the same ids. */
export const Shadow = z.object({
  window: z.object({ from: Timestamp, to: Timestamp }),
  /** Ids that both predicted. */
  n: z.number().int(),
  /** Predictions of the challenger that were looked at. */
  challenger_n: z.number().int(),
  /** Of classes: the share of shared ids with another label, 0 to 1, with its 95 % interval; null for numbers. */
  share_differing: z.number().nullable(),
  interval: Interval,
  /** Of numbers: mean of |challenger − champion|; null for classes. */
  mean_difference: z.number().nullable(),
});
export type Shadow = z.output<typeof Shadow>;

/** GET …/gates: how a version stands against what protects a target, now. */
export const GateCheck = z.object({
  model: z.string(),
  version: z.string(),
  target: Target,
  /** false: nothing protects the target, so there is nothing to ask for. */
  protected: z.boolean(),
  policy_revision: z.number().int(),
  approvals: z.number().int(),
  /** What the target holds; null: nothing. */
  champion: z.string().nullable(),
  passed: z.boolean(),
  gates: z.array(GateResult),
  evidence: z.array(UsedEvidence),
  /** When the evidence becomes older than the gates allow. */
  expires_at: Timestamp.nullable(),
  judged_at: Timestamp,
  /** The open request for this very version and target. */
  open: z.object({ promotion_id: z.string(), url: z.string() }).nullable(),
});
export type GateCheck = z.output<typeof GateCheck>;

/** What a request keeps of the day it was made. */
export const Snapshot = GateCheck.omit({ open: true, model: true, version: true, target: true }).extend({
  comparison: z.array(SideBySide),
  /** null where the target held nothing, or the challenger has logged nothing. */
  shadow: Shadow.nullable(),
  card: z.object({ revision: z.number().int(), yaml_sha256: z.string() }).nullable(),
  /** Over the names and contents of the version's files; null where they do not lie with this server. */
  files_sha256: z.string().nullable(),
});
export type Snapshot = z.output<typeof Snapshot>;

export const PromotionState = z.enum(PROMOTION_STATES);
export type PromotionState = z.output<typeof PromotionState>;

export const PromotionEvent = z.object({
  id: z.string(),
  at: Timestamp,
  actor: z.string(),
  kind: z.enum(["comment", "approve", "refuse", "withdraw", "lapse"]),
  words: z.string(),
});
export type PromotionEvent = z.output<typeof PromotionEvent>;

export const PromotionSummary = z.object({
  promotion_id: z.string(),
  model: z.string(),
  version: z.string(),
  target: Target,
  state: PromotionState,
  /** Why it was refused, withdrawn or has lapsed. */
  state_why: z.string().nullable(),
  reason: z.string(),
  asked_by: z.string(),
  asked_at: Timestamp,
  decided_by: z.string().nullable(),
  decided_at: Timestamp.nullable(),
  passed: z.boolean(),
  /** Gates that failed, of how many. */
  failed: z.number().int(),
  gates: z.number().int(),
  approvals: z.object({ given: z.number().int(), needed: z.number().int() }),
  champion: z.string().nullable(),
  /** Of its page. */
  url: z.string(),
});
export type PromotionSummary = z.output<typeof PromotionSummary>;

/** GET /api/v1/promotions/{id} */
export const Promotion = PromotionSummary.extend({
  archive_existing_versions: z.boolean(),
  snapshot: Snapshot,
  /** SHA-256 of the snapshot as the audit log has it. */
  snapshot_sha256: z.string(),
  events: z.array(PromotionEvent),
  /** What whoever asks for this may do now. */
  may: z.object({
    approve: z.boolean(),
    refuse: z.boolean(),
    withdraw: z.boolean(),
    comment: z.boolean(),
    /** Why not to approve; null where it may be. */
    why_not: z.string().nullable(),
  }),
});
export type Promotion = z.output<typeof Promotion>;

/** GET /api/v1/promotions: the open ones first, then the latest. */
export const PromotionList = z.object({
  promotions: z.array(PromotionSummary),
  open: z.number().int(),
  next_cursor: z.string().nullable(),
});
export type PromotionList = z.output<typeof PromotionList>;

/** POST /api/v1/promotions */
export const PromotionAsk = z.strictObject({
  model: ModelName,
  version: VersionName,
  target: Target,
  reason: z.string().trim().min(1, "say why, in a sentence").max(10_000),
  /** Whether what is in the stage is archived; as a rule only one version serves. */
  archive_existing_versions: z.boolean().default(true),
});
export type PromotionAsk = z.output<typeof PromotionAsk>;

/** POST /api/v1/promotions/{id}/approve, refuse, comment and withdraw */
export const Words = z.strictObject({
  words: z
    .string()
    .trim()
    .min(1, "say in a sentence what decided it")
    .max(10_000, "at most 10,000 characters"),
});
export type Words = z.output<typeof Words>;
