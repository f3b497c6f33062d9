import { type SQL, sql } from "drizzle-orm";
import type { VersionRecord } from "@/lib/models/store";
import type { Condition } from "./filter";
import { wordOf } from "./word";

export type LabelState = "any" | "labelled" | "unlabelled" | "correct" | "wrong" | "error";

const COMPARE = { lt: "<", le: "<=", gt: ">", ge: ">=" } as const;

/** A condition on a prediction p and its label l. Values are parameters, whatever they hold. */
export function conditionSql(record: VersionRecord, { field, op, value }: Condition): SQL {
  switch (field.kind) {
    case "text": {
      const column = field.of === "id" ? sql`p.prediction_id` : sql`p.error`;
      if (op === "missing") return sql`${column} IS NULL`;
      if (op === "contains") return sql`${column} ILIKE ${pattern(value)}::text`;
      return op === "eq" ? sql`${column} = ${value}::text` : sql`${column} IS DISTINCT FROM ${value}::text`;
    }
    case "number":
      return compare(NUMBER[field.of], op, value);
    case "class":
      return coded(
        field.of === "prediction" ? sql`p.prediction` : sql`l.label`,
        sql`SELECT code FROM class WHERE model_id = ${record.modelId}`,
        op,
        value,
      );
    case "column": {
      const at = sql`p.features[${sql.raw(String(Math.trunc(field.column.id)))}]`;
      if (field.column.type === "numerical") return compare(at, op, value);
      return coded(
        at,
        sql`SELECT code FROM category WHERE model_id = ${record.modelId} AND version_id = ${record.versionId}
          AND feature_id = ${field.column.id}`,
        op,
        value,
      );
    }
  }
}

const NUMBER = {
  score: sql`p.score`,
  latency_ms: sql`p.latency_ms`,
  prediction: sql`p.prediction`,
  label: sql`l.label`,
} as const;

function compare(at: SQL, op: Condition["op"], value: string): SQL {
  if (op === "missing") return sql`${at} IS NULL`;
  const number = sql`${Number(value)}::float8`;
  if (op === "eq") return sql`${at} = ${number}`;
  if (op === "ne") return sql`${at} IS DISTINCT FROM ${number}`;
  return sql`${at} ${sql.raw(COMPARE[op as keyof typeof COMPARE])} ${number}`;
}

/** Words are looked up in their dictionary; a word that was never logged matches nothing. */
function coded(at: SQL, dictionary: SQL, op: Condition["op"], value: string): SQL {
  if (op === "missing") return sql`${at} IS NULL`;
  if (op === "contains") return sql`${at} IN (${dictionary} AND value ILIKE ${pattern(value)}::text)`;
  const code = sql`(${dictionary} AND value = ${wordOf(value)}::text)`;
  return op === "eq" ? sql`${at} = ${code}` : sql`(${at} IS NULL OR ${at} IS DISTINCT FROM ${code})`;
}

const pattern = (value: string) => `%${value.replace(/[\\%_]/g, "\\$&")}%`;

/** A failed prediction has no prediction to be right or wrong about. */
export function labelSql(state: LabelState): SQL | null {
  switch (state) {
    case "any":
      return null;
    case "labelled":
      return sql`l.label IS NOT NULL AND p.prediction IS NOT NULL`;
    case "unlabelled":
      return sql`l.label IS NULL AND p.prediction IS NOT NULL`;
    case "correct":
      return sql`p.prediction = l.label`;
    case "wrong":
      return sql`p.prediction <> l.label`;
    case "error":
      return sql`p.prediction IS NULL`;
  }
}
