import { boundOf } from "@/lib/cards/gates";
import type { ModelCard } from "@/lib/cards/schema";
import type { VersionRecord } from "@/lib/registry/wire";
import type { ComparedRow, ComparedSection } from "./schema";
import type { SignatureField } from "./signature";

type Value = ComparedRow["values"][number];

/** What is known of a version that a comparison sets side by side. */
export type ComparedVersion = {
  record: VersionRecord;
  /** null without a run of this server. */
  run: { metrics: { key: string; value: number }[]; params: { key: string; value: string }[] } | null;
  signature: { inputs: SignatureField[]; outputs: SignatureField[]; params: SignatureField[] } | null;
  /** As saved; null where none is. */
  card: ModelCard | null;
  live: {
    window: string;
    predictions: number;
    labelled: number;
    metrics: Record<string, number | null>;
    drift: string;
  } | null;
};

/** Versions side by side. A row is there when any of them has a value. */
export function compareVersions(versions: readonly ComparedVersion[]): ComparedSection[] {
  const some = (has: (version: ComparedVersion) => boolean) => versions.some(has);
  return [
    { title: "Registry", note: null, rows: rowsOf(versions, ({ record }) => registryValues(record)) },
    {
      title: "Metrics of the run",
      note: some(({ run }) => run !== null)
        ? "the latest value of each"
        : "None of them was made by a run of this server.",
      rows: rowsOf(
        versions,
        ({ run }) => run?.metrics.map(({ key, value }) => [key, finite(value)]) ?? [],
        true,
      ),
    },
    {
      title: "Params",
      note: null,
      rows: rowsOf(versions, ({ run }) => run?.params.map(({ key, value }) => [key, value]) ?? []),
    },
    {
      title: "Signature",
      note: some(({ signature }) => signature !== null)
        ? "from the MLmodel file of each"
        : "None of them has an MLmodel file with a signature that this server keeps.",
      rows: PARTS.flatMap((part) => rowsOf(versions, ({ signature }) => signatureValues(signature, part))),
    },
    {
      title: "Model card",
      note: some(({ card }) => card !== null) ? null : "None of them has a card that somebody saved.",
      rows: rowsOf(versions, ({ card }) => (card ? cardValues(card) : [])),
    },
    {
      title: "Live performance",
      note: some(({ live }) => live !== null)
        ? "of predictions logged in the newest four weeks of each, which need not be the same weeks"
        : "No predictions were logged for any of them.",
      rows: [
        ...rowsOf(versions, ({ live }) => (live ? liveValues(live) : [])),
        ...rowsOf(versions, ({ live }) => Object.entries(live?.metrics ?? {}), true),
      ],
    },
  ];
}

function rowsOf(
  versions: readonly ComparedVersion[],
  pick: (version: ComparedVersion) => [string, Value][],
  scored = false,
): ComparedRow[] {
  const columns = versions.map((version) => new Map(pick(version)));
  const names = new Set(columns.flatMap((column) => [...column.keys()]));
  return [...names]
    .map((name) => {
      const values = columns.map((column) => column.get(name) ?? null);
      return { name, values, differs: new Set(values).size > 1, best: scored ? bestOf(name, values) : [] };
    })
    .filter(({ values }) => values.some((value) => value !== null));
}

/** Of numbers that differ the highest, or the lowest where less is better. */
function bestOf(name: string, values: readonly Value[]): number[] {
  const numbers = values.filter((value): value is number => typeof value === "number");
  if (new Set(numbers).size < 2) return [];
  const best = boundOf(name) === "at most" ? Math.min(...numbers) : Math.max(...numbers);
  return values.flatMap((value, place) => (value === best ? [place] : []));
}

/** JSON has no NaN: as text it is still a measurement. */
const finite = (value: number): Value => (Number.isFinite(value) ? value : String(value));
const words = (texts: readonly string[]): Value => texts.join("; ") || null;

const registryValues = (record: VersionRecord): [string, Value][] => [
  ["stage", record.stage === "None" ? "no stage" : record.stage],
  ["aliases", words(record.aliases)],
  ["owner", record.owner],
  ["description", record.description || null],
  ["created", record.created_at],
  ["run", record.run?.name ?? record.run?.run_id ?? null],
  ...record.tags.map(({ key, value }): [string, Value] => [`tag ${key}`, value]),
];

const PARTS = ["inputs", "outputs", "params"] as const;

const signatureValues = (
  signature: ComparedVersion["signature"],
  part: (typeof PARTS)[number],
): [string, Value][] =>
  (signature?.[part] ?? []).map(({ name, type }) => [`${part.slice(0, -1)} ${name}`, type]);

const cardValues = ({
  model_details,
  intended_use,
  training_data,
  metrics,
  ...rest
}: ModelCard): [string, Value][] => [
  ["date", model_details.date],
  ["owners", words(model_details.owners)],
  ["license", model_details.license],
  ["primary uses", words(intended_use.primary_uses)],
  ["out of scope", words(intended_use.out_of_scope)],
  ["data source", training_data.source],
  ["date range", training_data.date_range],
  ["data size", training_data.size],
  ["preprocessing", words(training_data.preprocessing)],
  ...metrics.map(({ name, value }): [string, Value] => [`${name}, as the card says`, value]),
  ...metrics.map(({ name, threshold }): [string, Value] => [`threshold of ${name}`, threshold]),
  ["ethical considerations", words(rest.ethical_considerations)],
  ["monitoring", words(rest.monitoring)],
];

const liveValues = (live: NonNullable<ComparedVersion["live"]>): [string, Value][] => [
  ["window", live.window],
  ["predictions", live.predictions],
  ["labelled", live.labelled],
  ["drift", live.drift],
];
