import { TidemarkError } from "@/lib/errors";
import type { Column, VersionRecord } from "@/lib/models/store";
import { PredictionFilter } from "./schema";

/** What a condition can be about. */
export type FilterField =
  | { kind: "number"; of: "score" | "latency_ms" | "prediction" | "label" }
  | { kind: "class"; of: "prediction" | "label" }
  | { kind: "text"; of: "id" | "error" }
  | { kind: "column"; column: Column };

export type Condition = { field: FilterField; op: PredictionFilter["op"]; value: string };

/** More conditions than a person would write are a mistake. */
const MOST_FILTERS = 20;

const OPS: Record<"number" | "category" | "text", readonly PredictionFilter["op"][]> = {
  number: ["eq", "ne", "lt", "le", "gt", "ge", "missing"],
  category: ["eq", "ne", "contains", "missing"],
  text: ["eq", "ne", "contains", "missing"],
};

/** "distance:gt:1000" → its parts. The first ":op:" divides, so that values may hold colons. */
export function parseFilter(text: string): PredictionFilter {
  const parts = /^(.+?):(eq|ne|lt|le|gt|ge|missing|contains)(?::(.*))?$/s.exec(text);
  if (!parts) {
    throw new TidemarkError(
      "bad_request",
      `filter="${text.slice(0, 120)}": write it as field:op:value with op one of ${PredictionFilter.shape.op.options.join(", ")}, such as distance:gt:1000`,
    );
  }
  const [, field, op, value] = parts;
  return PredictionFilter.parse({ field, op, value });
}

/**
 * Conditions of a version. A name of the prediction itself comes before a feature of that name; write "features.score"
 * or "segment.carrier" to mean the column.
 * @throws TidemarkError `bad_request` on an unknown field, naming the known ones; an op or a value that does not fit
 */
export function prepareConditions(record: VersionRecord, filters: readonly PredictionFilter[]): Condition[] {
  if (filters.length > MOST_FILTERS) {
    throw new TidemarkError("bad_request", `${filters.length} filters; at most ${MOST_FILTERS} are combined`);
  }
  return filters.map((filter) => {
    const field = findField(record, filter.field);
    const type = typeOf(field);
    if (!OPS[type].includes(filter.op)) {
      throw new TidemarkError(
        "bad_request",
        `filter: ${filter.field} is a ${type}, so ${filter.op} does not fit; use ${OPS[type].join(", ")}`,
      );
    }
    const value = filter.value ?? "";
    if (
      filter.op !== "missing" &&
      type === "number" &&
      (value.trim() === "" || !Number.isFinite(Number(value)))
    ) {
      throw new TidemarkError(
        "bad_request",
        `filter: ${filter.field}:${filter.op} wants a number, got "${value.slice(0, 80)}"`,
      );
    }
    if (value.includes("\u0000") || !value.isWellFormed()) {
      throw new TidemarkError("bad_request", `filter: the value of ${filter.field} is not valid text`);
    }
    return { field, op: filter.op, value };
  });
}

function findField(record: VersionRecord, name: string): FilterField {
  const values = record.task === "regression";
  if (name === "prediction" || name === "label") {
    return values ? { kind: "number", of: name } : { kind: "class", of: name };
  }
  if (name === "score" || name === "latency_ms") return { kind: "number", of: name };
  if (name === "id" || name === "error") return { kind: "text", of: name };
  const [role, bare] = name.startsWith("features.")
    ? ["feature", name.slice(9)]
    : name.startsWith("segment.")
      ? ["segment", name.slice(8)]
      : [null, null];
  const column =
    record.columns.find((each) => each.role === role && each.name === bare) ??
    record.columns.find((each) => each.name === name);
  if (column) return { kind: "column", column };
  const known = ["id", "prediction", "label", "score", "latency_ms", "error"];
  throw new TidemarkError(
    "bad_request",
    `filter: there is no field "${name.slice(0, 80)}"; version "${record.version}" has ${[...known, ...record.columns.map((each) => each.name)].slice(0, 60).join(", ")}`,
  );
}

function typeOf(field: FilterField): "number" | "category" | "text" {
  if (field.kind === "number") return "number";
  if (field.kind === "class") return "category";
  if (field.kind === "text") return "text";
  return field.column.type === "numerical" ? "number" : "category";
}
