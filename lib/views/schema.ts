import { z } from "zod";
import { Timestamp } from "@/lib/wire";

/** The pages of an experiment whose views can be saved. */
export const VIEW_PAGES = ["runs", "compare"] as const;
export const ViewPage = z.enum(VIEW_PAGES);
export type ViewPage = z.infer<typeof ViewPage>;

export const SavedView = z.object({
  view_id: z.string(),
  page: ViewPage,
  name: z.string(),
  /** What the page's address says after its "?". */
  query: z.string(),
  /** Of the runs only: what the page opens with. */
  is_default: z.boolean(),
  created_by: z.string(),
  created_at: Timestamp,
  updated_at: Timestamp,
});
export type SavedView = z.infer<typeof SavedView>;

/** By page, then by name. */
export const SavedViews = z.object({ views: z.array(SavedView) });
export type SavedViews = z.infer<typeof SavedViews>;

const Name = z
  .string()
  .trim()
  .min(1, "a view needs a name")
  .max(120, "the name of a view has at most 120 characters");
const Query = z.string().max(16_000, "the address of a view has at most 16,000 characters");

/** POST …/views */
export const NewView = z
  .strictObject({ page: ViewPage, name: Name, query: Query, is_default: z.boolean().default(false) })
  .refine(({ page, is_default }) => page === "runs" || !is_default, {
    message: "only the table of runs has a default view: leave is_default out",
    path: ["is_default"],
  });
export type NewView = z.input<typeof NewView>;

/** PATCH …/views/{view}: what is left out stays. */
export const ViewChange = z.strictObject({
  name: Name.optional(),
  query: Query.optional(),
  is_default: z.boolean().optional(),
});
export type ViewChange = z.infer<typeof ViewChange>;
