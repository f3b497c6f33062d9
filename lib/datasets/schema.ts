import { z } from "zod";
import { Sha256, Timestamp } from "@/lib/wire";

export const DatasetFormat = z.enum(["csv", "parquet", "arrow"]);
export type DatasetFormat = z.infer<typeof DatasetFormat>;

export const DatasetColumn = z.object({
  name: z.string(),
  type: z.enum(["number", "category", "boolean", "timestamp"]),
  missing: z.number().int().min(0),
  /** Different texts of a category; null for other types. */
  distinct: z.number().int().min(0).nullable(),
});
export type DatasetColumn = z.infer<typeof DatasetColumn>;

/** A held-out set of a model, addressed by the SHA-256 of the file's bytes. */
export const Dataset = z.object({
  sha256: Sha256,
  name: z.string(),
  format: DatasetFormat,
  bytes: z.number().int().min(0),
  rows: z.number().int().min(0),
  columns: z.array(DatasetColumn),
  /** The column that holds what was true; null: not said. */
  label: z.string().nullable(),
  uploaded_at: Timestamp,
  uploaded_by: z.string(),
});
export type Dataset = z.infer<typeof Dataset>;

/** GET /api/v1/models/{model}/datasets, the latest first. */
export const DatasetsReply = z.object({ datasets: z.array(Dataset) });
export type DatasetsReply = z.infer<typeof DatasetsReply>;

/** What is said of a file beside its bytes. */
export const DatasetUpload = z.object({
  /** The file's name unless given. */
  name: z.string().trim().min(1).max(200),
  label: z.string().max(1000).optional(),
});
export type DatasetUpload = z.infer<typeof DatasetUpload>;
