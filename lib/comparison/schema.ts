import { z } from "zod";

export const ComparedRow = z.object({
  name: z.string(),
  /** One per version, in their order; null = there is none. */
  values: z.array(z.union([z.string(), z.number(), z.null()])),
  differs: z.boolean(),
  /** Places of the best values, where a number is better or worse than another. */
  best: z.array(z.number().int()),
});
export type ComparedRow = z.infer<typeof ComparedRow>;

export const ComparedSection = z.object({
  title: z.string(),
  /** What the rows rest on, or why there are none. */
  note: z.string().nullable(),
  rows: z.array(ComparedRow),
});
export type ComparedSection = z.infer<typeof ComparedSection>;

/** GET /api/v1/models/{model}/compare */
export const Comparison = z.object({
  model: z.string(),
  versions: z.array(z.object({ version: z.string(), run_id: z.string().nullable() })),
  sections: z.array(ComparedSection),
});
export type Comparison = z.infer<typeof Comparison>;
