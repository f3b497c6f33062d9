import { z } from "zod";

/** A network that wants more columns than this is none for tables. */
export const MOST_COLUMNS = 20_000;
/** Categories of one feature. */
const MOST_CATEGORIES = 10_000;

const Name = z.string().min(1, "expected a name").max(500, "a name has at most 500 characters");
const Finite = z.number("expected a number").finite("expected a finite number");
const Category = z.string().max(1000, "a category has at most 1,000 characters");
const Categories = z
  .array(Category, "expected a list of categories")
  .min(1, "expected at least one category")
  .max(MOST_CATEGORIES, "expected at most 10,000 categories")
  .refine((all) => new Set(all).size === all.length, "a category is listed twice");

/** What is taken off and divided by, after the transform. */
const Scale = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("none") }),
  /** (value − mean) / deviation */
  z.strictObject({
    kind: z.literal("standard"),
    mean: Finite,
    deviation: Finite.refine((value) => value > 0, "a standard deviation is above 0"),
  }),
  /** (value − min) / (max − min) */
  z
    .strictObject({ kind: z.literal("range"), min: Finite, max: Finite })
    .refine(({ min, max }) => max > min, { path: ["max"], error: "max must be above min" }),
]);

const Number_ = z.strictObject({
  kind: z.literal("number"),
  feature: Name,
  /** What the number is divided by before the transform: asinh(minutes / 10) has 10. */
  divisor: Finite.refine((value) => value !== 0, "nothing is divided by 0").default(1),
  transform: z.enum(["none", "log", "log1p", "asinh", "sqrt"]).default("none"),
  scale: Scale.default({ kind: "none" }),
  /** What the model reads where the value is missing, in its own scale; null = such rows are refused. */
  missing: Finite.nullable().default(null),
  /** Whether a second column follows that is 1 where the value is missing. */
  missing_indicator: z.boolean().default(false),
});

/** A column for each category, 1 in that of the row. */
const OneHot = z.strictObject({
  kind: z.literal("one_hot"),
  feature: Name,
  categories: Categories,
  /** What a category that is not listed (or missing) becomes: zeros in all columns, a column of its own, or a refusal. */
  other: z.enum(["zeros", "column", "refuse"]).default("zeros"),
});

/** The place of the category in the list, from 0. */
const Ordinal = z.strictObject({
  kind: z.literal("ordinal"),
  feature: Name,
  categories: Categories,
  /** null = rows of other categories are refused. */
  other: Finite.nullable().default(null),
});

/** A number for each category, such as its log-odds in training. */
const Dictionary = z.strictObject({
  kind: z.literal("dictionary"),
  feature: Name,
  values: z
    .record(Category, Finite)
    .refine((values) => Object.keys(values).length > 0, "expected at least one category")
    .refine((values) => Object.keys(values).length <= MOST_CATEGORIES, "expected at most 10,000 categories"),
  /** null = rows of other categories are refused. */
  other: Finite.nullable().default(null),
});

/** The text itself, for models that read strings. */
const Text = z.strictObject({ kind: z.literal("text"), feature: Name, missing: z.string().default("") });

/** How one feature becomes columns of what the model reads. */
export const InputColumn = z.discriminatedUnion("kind", [Number_, OneHot, Ordinal, Dictionary, Text]);
export type InputColumn = z.output<typeof InputColumn>;

/** What the model's answer means. */
export const OutputMapping = z.strictObject({
  /** Which of the model's outputs; null = the first that fits. */
  tensor: Name.nullable().default(null),
  /**
   * probability: P(positive class), one column. probabilities: a column for each class. logit, logits: the same before
   * the sigmoid or softmax. label: the class alone, as text or as a place in `classes`. value: a number (regression).
   */
  kind: z.enum(["probability", "probabilities", "logit", "logits", "label", "value"]),
  /** In the order of the model's columns; for one column of a binary model the negative class first. */
  classes: z.array(Category).min(2, "expected at least two classes").max(1000).nullable().default(null),
  positive_class: Category.nullable().default(null),
  /** The score from which on the prediction is the positive class. */
  threshold: Finite.min(0).max(1).nullable().default(null),
});
export type OutputMapping = z.output<typeof OutputMapping>;

/** How rows of a dataset become what a model reads, and what its answer means. */
export const InputMapping = z.strictObject({
  /** The model's columns in its order. */
  inputs: z.array(InputColumn).min(1, "expected at least one input").max(MOST_COLUMNS),
  output: OutputMapping,
  /** The dataset's column that holds what really happened; null = the one it was registered with. */
  label: Name.nullable().default(null),
});
export type InputMapping = z.output<typeof InputMapping>;

/** The width of a row as the model reads it. */
export const mappedWidth = ({ inputs }: Pick<InputMapping, "inputs">): number =>
  inputs.reduce((sum, input) => sum + columnWidth(input), 0);

export function columnWidth(input: InputColumn): number {
  if (input.kind === "number") return input.missing_indicator ? 2 : 1;
  if (input.kind === "one_hot") return input.categories.length + (input.other === "column" ? 1 : 0);
  return 1;
}
