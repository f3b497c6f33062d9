import { parse } from "yaml";
import type { Filled } from "./fill";
import type { ModelCard } from "./schema";

export type Imported = {
  /** Only what the metadata said. */
  fields: Filled[];
  /** Keys of the metadata that a model card has no place for. */
  left: string[];
};

const TAKEN = ["license", "license_name", "datasets", "pipeline_tag", "model-index", "model_name"];

/**
 * The metadata of a Hugging Face model card: the YAML between the first two lines of `---` of its README.md (a
 * `model-index` holds results: https://huggingface.co/docs/hub/model-cards).
 * @throws Error in words where there is none
 */
export function readHuggingFace(readme: string): Imported {
  const front = /^\uFEFF?---[ \t]*\r?\n([\s\S]*?)\r?\n---[ \t]*(\r?\n|$)/.exec(readme)?.[1] ?? readme;
  let metadata: unknown;
  try {
    metadata = parse(front, { maxAliasCount: 50, logLevel: "error" });
  } catch (error) {
    throw new Error(`the metadata is no YAML: ${(error as Error).message.split("\n")[0]}`);
  }
  if (!isRecord(metadata)) {
    throw new Error("there is no metadata: a Hugging Face card begins with YAML between two lines of ---");
  }
  const index = Array.isArray(metadata["model-index"]) ? metadata["model-index"].filter(isRecord) : [];
  const fields: Imported["fields"] = [];
  const take = (path: Filled["path"], value: unknown) => {
    if (value === null || value === "" || (Array.isArray(value) && value.length === 0)) return;
    fields.push({ path, value });
  };
  take(["model_details", "name"], text(metadata.model_name) ?? text(index[0]?.name));
  take(["model_details", "license"], text(metadata.license_name) ?? text(metadata.license));
  take(["intended_use", "primary_uses"], texts(metadata.pipeline_tag));
  take(["training_data", "source"], texts(metadata.datasets).join(", "));
  take(["metrics"], index.flatMap(({ results }) => results).flatMap(resultMetrics));
  return { fields, left: Object.keys(metadata).filter((key) => !TAKEN.includes(key)) };
}

/** A metric is named with the data that it was measured on, as one card often has it on several. */
function resultMetrics(results: unknown): ModelCard["metrics"] {
  if (Array.isArray(results)) return results.flatMap(resultMetrics);
  if (!isRecord(results) || !Array.isArray(results.metrics)) return [];
  const on = isRecord(results.dataset) ? (text(results.dataset.name) ?? text(results.dataset.type)) : null;
  return results.metrics.filter(isRecord).flatMap((metric) => {
    const name = text(metric.name) ?? text(metric.type);
    const value = typeof metric.value === "number" ? metric.value : Number.parseFloat(String(metric.value));
    if (name === null) return [];
    return [
      { name: on ? `${name} on ${on}` : name, value: Number.isFinite(value) ? value : null, threshold: null },
    ];
  });
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const text = (value: unknown): string | null =>
  typeof value === "string" || typeof value === "number" ? String(value).trim() || null : null;

const texts = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).map(text).filter((each) => each !== null);
