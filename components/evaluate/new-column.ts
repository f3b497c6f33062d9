import type { InputColumn } from "@/lib/evaluate/input-mapping";
import type { ColumnFacts } from "@/lib/evaluate/worker-calls";

/** An encoding of a feature as it is before anybody has corrected it. */
export function newColumn(
  kind: InputColumn["kind"],
  columns: readonly ColumnFacts[],
  feature: string,
): InputColumn {
  const column = columns.find(({ name }) => name === feature);
  const categories = [...(column?.categories ?? column?.sample ?? ["a"])];
  switch (kind) {
    case "number":
      return {
        kind,
        feature,
        divisor: 1,
        transform: "none",
        scale: { kind: "none" },
        missing: null,
        missing_indicator: false,
      };
    case "one_hot":
      return { kind, feature, categories, other: "zeros" };
    case "ordinal":
      return { kind, feature, categories, other: null };
    case "dictionary":
      return {
        kind,
        feature,
        values: Object.fromEntries(categories.map((name, place) => [name, place])),
        other: null,
      };
    case "text":
      return { kind, feature, missing: "" };
  }
}
