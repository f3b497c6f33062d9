import type { RunDataset } from "@/lib/runs/schema";
import type { LineageDataset } from "./schema";

const CONTEXT_TAG = "mlflow.data.context";

export const toDataset = ({
  name,
  digest,
  source_type,
  source,
  profile,
  tags,
}: RunDataset): LineageDataset => ({
  name,
  digest,
  source_type,
  source,
  context: tags.find(({ key }) => key === CONTEXT_TAG)?.value ?? null,
  rows: profileRows(profile),
});

/** Clients write what they know: `num_rows` of a table, the shape of an array or of the features. */
export function profileRows(profile: string | null): number | null {
  let known: unknown;
  try {
    known = JSON.parse(profile ?? "null");
  } catch {
    return null;
  }
  if (typeof known !== "object" || known === null) return null;
  const { num_rows, features_shape, shape } = known as Record<string, unknown>;
  const rows = num_rows ?? firstOf(features_shape) ?? firstOf(shape);
  return typeof rows === "number" && Number.isSafeInteger(rows) && rows >= 0 ? rows : null;
}

/** Of several named arrays the shape is an object of shapes: they have as many rows. */
function firstOf(shape: unknown): unknown {
  if (Array.isArray(shape)) return shape[0];
  if (typeof shape === "object" && shape !== null) return firstOf(Object.values(shape)[0]);
  return undefined;
}
