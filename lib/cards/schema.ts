import { z } from "zod";
import { Timestamp } from "@/lib/wire";

const LONGEST_TEXT = 10_000;
const MOST_ITEMS = 200;

/** YAML writes 2 and true where a person means a text. */
const asText = (value: unknown) =>
  typeof value === "number" || typeof value === "boolean" ? String(value) : value;
const Text = z.preprocess(
  asText,
  z.string("expected a text").max(LONGEST_TEXT, "expected a text of at most 10,000 characters"),
);
const OptionalText = z.preprocess(
  (value) => (value === undefined || value === "" ? null : asText(value)),
  z.string("expected a text").max(LONGEST_TEXT, "expected a text of at most 10,000 characters").nullable(),
);
const Texts = z.preprocess(
  (value) => value ?? [],
  z.array(Text, "expected a list of texts").max(MOST_ITEMS, "expected at most 200 entries"),
);
const OptionalNumber = z.preprocess(
  (value) => value ?? null,
  z.number("expected a number").finite("expected a finite number").nullable(),
);
const RequiredText = z.preprocess(
  asText,
  z
    .string("expected a text")
    .trim()
    .min(1, "must not be empty")
    .max(LONGEST_TEXT, "expected a text of at most 10,000 characters"),
);

/** A section that is left out, or empty, is one without answers. */
const section = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.preprocess((value) => value ?? {}, z.strictObject(shape, "expected fields of the form “name: value”"));

export const CardMetric = z.strictObject(
  {
    name: RequiredText,
    value: OptionalNumber,
    /** What the metric has to reach, in its own direction: at least, or at most for errors and losses. */
    threshold: OptionalNumber,
  },
  "expected {name, value, threshold}",
);
export type CardMetric = z.output<typeof CardMetric>;

/** What a model card says. Only the model's name and version must be there. */
export const ModelCard = z.strictObject(
  {
    model_details: z.strictObject(
      {
        name: RequiredText,
        version: RequiredText,
        date: z.preprocess(
          (value) => (value === undefined || value === "" ? null : value),
          z.iso.date("expected a date such as 2026-03-01").nullable(),
        ),
        owners: Texts,
        license: OptionalText,
      },
      "expected {name, version, date, owners, license}",
    ),
    intended_use: section({ primary_uses: Texts, out_of_scope: Texts }),
    training_data: section({
      source: OptionalText,
      date_range: OptionalText,
      size: OptionalText,
      preprocessing: Texts,
    }),
    metrics: z.preprocess(
      (value) => value ?? [],
      z
        .array(CardMetric, "expected a list of {name, value, threshold}")
        .max(MOST_ITEMS, "expected at most 200 entries"),
    ),
    ethical_considerations: Texts,
    monitoring: Texts,
  },
  "expected the fields model_details, intended_use, training_data, metrics, ethical_considerations and monitoring",
);
export type ModelCard = z.output<typeof ModelCard>;

/** What is wrong with a card, and where; lines and columns from 1. */
export const CardProblem = z.object({
  line: z.number().int(),
  column: z.number().int(),
  /** "metrics.0.value"; "" where the text is no YAML. */
  path: z.string(),
  message: z.string(),
});
export type CardProblem = z.infer<typeof CardProblem>;

export const CardRevision = z.object({
  revision: z.number().int(),
  saved_at: Timestamp,
  actor: z.string(),
  why: z.string().nullable(),
});
export type CardRevision = z.infer<typeof CardRevision>;

/** What Tidemark knows of a version that a card wants to be told. */
export const CardFacts = z.object({
  model: z.string(),
  version: z.string(),
  /** Day of its making. */
  date: z.string(),
  owner: z.string().nullable(),
  /** The data that its run read, with digests; the baseline where the run names none. */
  source: z.string().nullable(),
  date_range: z.string().nullable(),
  size: z.string().nullable(),
  metrics: z.array(z.object({ name: z.string(), value: z.number() })),
  /** Drift as of now, in words. */
  drift: z.string().nullable(),
});
export type CardFacts = z.infer<typeof CardFacts>;

/** GET …/card */
export const CardReply = z.object({
  model: z.string(),
  version: z.string(),
  /** 0 where none is saved: `yaml` is then what Tidemark can say by itself. */
  revision: z.number().int(),
  latest_revision: z.number().int(),
  yaml: z.string(),
  /** null where the text, saved by another version of this program, is no card to this one. */
  card: z.unknown().transform((card) => card as ModelCard | null),
  facts: CardFacts,
  /** The latest first. */
  revisions: z.array(CardRevision),
});
export type CardReply = z.output<typeof CardReply>;

/** PUT …/card */
export const CardSave = z.strictObject({
  yaml: z.string(),
  /** The revision that was edited, 0 where there was none: a save over a newer one is refused. */
  revision: z.number().int().min(0),
  why: z.string().max(2000, "a reason has at most 2,000 characters").optional(),
});
export type CardSave = z.infer<typeof CardSave>;
