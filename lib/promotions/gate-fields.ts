import type { Gate, SliceChoice } from "./schema";
import { readSlice, sliceText } from "./slice-text";

export type GateKind = Gate["kind"];

/** How a field of a gate is filled in. share: percent on the page, 0 to 1 in the policy. */
export type GateField = { name: string; label: string; hint?: string } & (
  | { type: "text" | "number" | "share" | "check" | "slice" }
  | { type: "choice"; options: readonly (readonly [value: string, label: string])[] }
);

const ROWS: GateField[] = [
  { name: "slice", label: "on the slice", hint: "carrier=AA, delay=[0, 10); empty: all rows", type: "slice" },
  { name: "each", label: "for each value of", hint: "a feature; every slice has to pass", type: "text" },
  { name: "minimum_n", label: "slices of at least, rows", type: "number" },
  { name: "dataset", label: "on the dataset", hint: "SHA-256; empty: the latest confirmed", type: "text" },
  {
    name: "judge_by",
    label: "judged by",
    type: "choice",
    options: [
      ["estimate", "the value"],
      ["interval", "the worse end of its 95 % interval"],
    ],
  },
];

/** The fields of each kind of gate, in the order in which they are asked; the first few say what it is. */
export const GATE_FIELDS: Record<GateKind, { title: string; main: GateField[]; more: GateField[] }> = {
  metric: {
    title: "Metric threshold",
    main: [
      { name: "metric", label: "metric", hint: "auc, f1, rmse", type: "text" },
      { name: "at_least", label: "at least", type: "number" },
      { name: "at_most", label: "at most", type: "number" },
      {
        name: "source",
        label: "from",
        type: "choice",
        options: [
          ["evidence", "confirmed evidence"],
          ["run", "the run"],
          ["card", "the model card"],
          ["live", "live predictions"],
        ],
      },
    ],
    more: ROWS,
  },
  champion: {
    title: "Not worse than the champion",
    main: [
      { name: "metric", label: "metric", hint: "auc, f1, rmse", type: "text" },
      { name: "absolute", label: "may be worse by", hint: "below 0: must be better", type: "number" },
      { name: "relative", label: "or by, of the champion’s", type: "share" },
      {
        name: "direction",
        label: "better is",
        type: "choice",
        options: [
          ["", "as its name says"],
          ["higher", "higher"],
          ["lower", "lower"],
        ],
      },
    ],
    more: ROWS,
  },
  evidence: {
    title: "Confirmed evidence",
    main: [
      { name: "max_age_days", label: "at most, days old", type: "number" },
      { name: "dataset", label: "on the dataset", hint: "SHA-256; empty: any", type: "text" },
    ],
    more: [],
  },
  drift: {
    title: "Drift of the last window",
    main: [{ name: "max_share", label: "features that may drift", type: "share" }],
    more: [],
  },
  quality: {
    title: "Data quality of the last window",
    main: [
      { name: "max_missing", label: "missing, of any feature", type: "share" },
      { name: "max_errors", label: "failed predictions", type: "share" },
    ],
    more: [],
  },
  coverage: {
    title: "Label coverage",
    main: [{ name: "at_least", label: "at least", type: "share" }],
    more: [],
  },
  card: {
    title: "Model card complete",
    main: [{ name: "thresholds", label: "its thresholds are met, too", type: "check" }],
    more: [],
  },
};

/** What somebody has filled in: texts as they stand, or a tick. */
export type GateDraft = { kind: GateKind; values: Record<string, string | boolean> };

export const newGate = (kind: GateKind): GateDraft => ({ kind, values: {} });

const fieldsOf = (kind: GateKind) => [...GATE_FIELDS[kind].main, ...GATE_FIELDS[kind].more];

/** A gate as its fields show it. */
export function draftOf(gate: Gate): GateDraft {
  const values: GateDraft["values"] = {};
  for (const { name, type } of fieldsOf(gate.kind)) {
    const value = (gate as Record<string, unknown>)[name];
    if (type === "check") values[name] = value === true;
    else if (value === null || value === undefined) values[name] = "";
    else if (type === "share") values[name] = String(Number((Number(value) * 100).toPrecision(12)));
    else if (type === "slice") values[name] = sliceText(value as SliceChoice);
    else values[name] = String(value);
  }
  return { kind: gate.kind, values };
}

/** What is sent of a draft: what was left empty is left out. The server says what is wrong with it. */
export function gateOf({ kind, values }: GateDraft): Record<string, unknown> {
  const gate: Record<string, unknown> = { kind };
  for (const { name, type } of fieldsOf(kind)) {
    const value = values[name];
    if (type === "check") gate[name] = value === true;
    else if (typeof value !== "string" || value.trim() === "") continue;
    else if (type === "number") gate[name] = Number(value);
    else if (type === "share") gate[name] = Number(value) / 100;
    else if (type === "slice") gate[name] = readSlice(value);
    else gate[name] = value.trim();
  }
  return gate;
}
