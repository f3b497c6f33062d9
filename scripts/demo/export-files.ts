import { InputMapping } from "@/lib/evaluate/input-mapping";
import type { Encoding, ModelFile, Standard } from "./model-file";

const HOURS = Array.from({ length: 24 }, (_, hour) => String(hour));
const SHARD = "group1-shard1of1.bin";

/** A trained model as TensorFlow.js keeps one: model.json, which says how its inputs are made, and its weights. */
export function exportFiles(file: ModelFile): { path: string; bytes: Buffer }[] {
  const json = {
    format: "layers-model",
    generatedBy: "TensorFlow.js",
    convertedBy: null,
    modelTopology: file.topology,
    weightsManifest: [{ paths: [SHARD], weights: file.weights }],
    userDefinedMetadata: {
      version: file.version,
      description: file.description,
      trained: file.trained,
      input_mapping: inputMapping(file),
    },
  };
  return [
    { path: "model.json", bytes: Buffer.from(JSON.stringify(json)) },
    { path: SHARD, bytes: Buffer.from(file.data, "base64") },
  ];
}

/** What `prepareInputs` does, as the evaluate page does it. */
export function inputMapping({
  preprocessing: { recent_delay_at_origin, distance, origin, destination },
  threshold,
}: Pick<ModelFile, "preprocessing" | "threshold">): InputMapping {
  const scale = ({ mean, deviation }: Standard) => ({ kind: "standard", mean, deviation });
  const airport = (feature: string, { airports, other }: Encoding) => ({
    kind: "dictionary",
    feature,
    values: airports,
    other,
  });
  return InputMapping.parse({
    inputs: [
      {
        kind: "number",
        feature: "recent_delay_at_origin",
        divisor: 10,
        transform: "asinh",
        scale: scale(recent_delay_at_origin),
        missing: 0,
        missing_indicator: true,
      },
      { kind: "number", feature: "distance", transform: "log", scale: scale(distance) },
      { kind: "one_hot", feature: "departure_hour", categories: HOURS },
      airport("origin", origin),
      airport("destination", destination),
    ],
    output: {
      kind: "probability",
      classes: ["on_time", "late"],
      positive_class: "late",
      threshold,
    },
    label: "label",
  });
}
