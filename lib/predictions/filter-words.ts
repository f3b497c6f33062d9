import type { FeatureType } from "@/lib/models/schema";
import type { PredictionFilter } from "./schema";

export type FilterKind = "number" | "category" | "text";

/** Something a row can be filtered by. */
export type FilterChoice = { field: string; label: string; kind: FilterKind; group: string };

type Op = PredictionFilter["op"];

export const OP_WORDS: Record<Op, string> = {
  eq: "is",
  ne: "is not",
  lt: "below",
  le: "at most",
  gt: "above",
  ge: "at least",
  contains: "contains",
  missing: "is missing",
};

export const OPS_OF: Record<FilterKind, readonly Op[]> = {
  number: ["gt", "ge", "lt", "le", "eq", "ne", "missing"],
  category: ["eq", "ne", "contains", "missing"],
  text: ["eq", "ne", "contains", "missing"],
};

const OWN = new Set(["prediction", "label", "score", "latency_ms", "id", "error"]);

/** What the rows of a version can be filtered by; a column called like one of the row's own fields by its full name. */
export function prepareChoices(schema: {
  task: "classification" | "regression" | null;
  features: readonly { name: string; role: "feature" | "segment"; type: FeatureType | null }[];
}): FilterChoice[] {
  const outcome: FilterKind = schema.task === "regression" ? "number" : "category";
  const own = (field: string, kind: FilterKind): FilterChoice => ({
    field,
    label: field === "latency_ms" ? "latency, ms" : field,
    kind,
    group: "prediction",
  });
  const features = new Set(schema.features.filter(({ role }) => role === "feature").map(({ name }) => name));
  return [
    own("prediction", outcome),
    own("label", outcome),
    ...(schema.task === "regression" ? [] : [own("score", "number")]),
    own("latency_ms", "number"),
    own("error", "text"),
    own("id", "text"),
    ...schema.features.map(({ name, role, type }): FilterChoice => {
      const shared = OWN.has(name) || (role === "segment" && features.has(name));
      return {
        field: shared ? `${role === "segment" ? "segment" : "features"}.${name}` : name,
        label: name,
        kind: type === "numerical" ? "number" : "category",
        group: role === "segment" ? "segments" : "features",
      };
    }),
  ];
}

/** "distance:gt:1000" → "distance above 1000"; text that is no filter stays as it is. */
export function filterWords(text: string): string {
  const parts = /^(.+?):(eq|ne|lt|le|gt|ge|missing|contains)(?::(.*))?$/s.exec(text);
  if (!parts) return text;
  const [, field, op, value] = parts;
  const name = field!.replace(/^(features|segment)\./, "");
  return op === "missing" ? `${name} is missing` : `${name} ${OP_WORDS[op as Op]} ${value || "“”"}`;
}
