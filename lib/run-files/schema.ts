import { z } from "zod";

export const RunFile = z.object({
  path: z.string(),
  name: z.string(),
  folder: z.boolean(),
  bytes: z.number().nullable(),
});
export type RunFile = z.infer<typeof RunFile>;

/** What a run keeps in a folder. `elsewhere` names the place where its files are not this server's. */
export const RunFolder = z.object({ files: z.array(RunFile), elsewhere: z.string().nullable() });
export type RunFolder = z.infer<typeof RunFolder>;

/** A file as a page may show it; never as a page of its own. */
export const RunFilePreview = z.object({
  path: z.string(),
  bytes: z.number(),
  kind: z.enum(["text", "json", "table", "image", "none"]),
  /** Of text and JSON. */
  text: z.string().nullable(),
  /** Of a table: its first row is the header. */
  rows: z.array(z.array(z.string())).nullable(),
  /** More is in the file than this shows. */
  truncated: z.boolean(),
});
export type RunFilePreview = z.infer<typeof RunFilePreview>;
