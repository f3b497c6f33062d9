import { sql } from "drizzle-orm";
import { type Database, rows } from "@/lib/db/client";
import type { Dataset, DatasetColumn, DatasetFormat } from "./schema";

type DatasetRow = Omit<Dataset, "uploaded_at"> & { uploaded_ms: number };

const COLUMNS = sql`d.sha256, d.name, d.format, d.bytes::float8 AS bytes, d.rows, d.columns, d.label,
  floor(extract(epoch FROM d.uploaded_at) * 1000)::float8 AS uploaded_ms, d.uploaded_by`;

const toDataset = ({ uploaded_ms, ...row }: DatasetRow): Dataset => ({
  ...row,
  uploaded_at: new Date(uploaded_ms).toISOString(),
});

/** The latest first. */
export async function selectDatasets(db: Database, model: string): Promise<Dataset[]> {
  const found = await rows<DatasetRow>(
    db,
    sql`SELECT ${COLUMNS} FROM model m JOIN held_out_dataset d USING (model_id)
      WHERE m.name = ${model}::text ORDER BY d.uploaded_at DESC, d.sha256`,
  );
  return found.map(toDataset);
}

export async function selectDataset(db: Database, model: string, sha256: string): Promise<Dataset | null> {
  const [found] = await rows<DatasetRow>(
    db,
    sql`SELECT ${COLUMNS} FROM model m JOIN held_out_dataset d USING (model_id)
      WHERE m.name = ${model}::text AND d.sha256 = ${sha256}::text`,
  );
  return found ? toDataset(found) : null;
}

/** @throws TM010 without the model */
export async function registerDataset(
  db: Database,
  model: string,
  dataset: {
    sha256: string;
    name: string;
    format: DatasetFormat;
    bytes: number;
    rows: number;
    columns: readonly DatasetColumn[];
    label: string | null;
  },
  actor: string,
): Promise<void> {
  await db.execute(
    sql`SELECT register_dataset(${model}::text, ${dataset.sha256}::text, ${dataset.name}::text,
      ${dataset.format}::text, ${dataset.bytes}::float8::bigint, ${dataset.rows}::int,
      ${JSON.stringify(dataset.columns)}::text::jsonb, ${dataset.label}::text, ${actor}::text)`,
  );
}

/** Whether any model has registered the file. */
export async function isRegistered(db: Database, sha256: string): Promise<boolean> {
  const found = await rows(db, sql`SELECT FROM held_out_dataset WHERE sha256 = ${sha256}::text LIMIT 1`);
  return found.length > 0;
}
