import { isTooDeep } from "@/lib/http/json-depth";
import { inBytes, type NamedBytes, quoted, type ReadModel, refused } from "./model-files";
import { checkGraph } from "./tfjs-graph";
import { checkLayers } from "./tfjs-layers";
import { readWeights, type Weights } from "./tfjs-weights";

export type TfjsModel = ReadModel & {
  format: "tfjs-layers" | "tfjs-graph";
  topology: object;
  weights: Weights;
  signature: object | undefined;
};

const LARGEST_JSON = 64 * 1024 * 1024;

/**
 * A TensorFlow.js model: model.json and the shards that it names, which lie beside it.
 * @throws TidemarkError that names what is wrong with it and what to do
 */
export function readTfjsModel(json: NamedBytes, files: readonly NamedBytes[]): TfjsModel {
  const model = parseModelJson(json);
  const { modelTopology, weightsManifest, signature, userDefinedMetadata, format } = model;
  if (typeof modelTopology !== "object" || modelTopology === null) {
    throw refused(
      `${quoted(json.path)} has no modelTopology: it is no TensorFlow.js model; tensorflowjs_converter and model.save() write one`,
    );
  }
  const isGraph = format === "graph-model" || (format === undefined && "node" in modelTopology);
  if (!isGraph && format !== undefined && format !== "layers-model") {
    throw refused(
      `${quoted(json.path)} is of the format ${quoted(format)}: expected layers-model or graph-model; export it with tensorflowjs_converter`,
    );
  }
  const folder = json.path.slice(0, json.path.lastIndexOf("/") + 1);
  const weights = readWeights(weightsManifest, (path) => findShard(files, folder, path));
  const topology = isGraph ? checkGraph(modelTopology) : checkLayers(modelTopology);
  return {
    format: isGraph ? "tfjs-graph" : "tfjs-layers",
    files: [{ path: "model.json", bytes: json.bytes }, ...weights.shards],
    mapping: (userDefinedMetadata as { input_mapping?: unknown } | undefined)?.input_mapping ?? null,
    classes: null,
    notes: [],
    topology,
    weights,
    signature: typeof signature === "object" && signature !== null ? signature : undefined,
  };
}

/** By its path; files that were dropped one by one have lost their folders, so else by a name that only one has. */
function findShard(files: readonly NamedBytes[], folder: string, path: string): NamedBytes | null {
  const exact = files.find((file) => file.path === `${folder}${path}`);
  if (exact) return exact;
  const name = baseName(path);
  const alike = files.filter((file) => baseName(file.path) === name);
  return alike.length === 1 ? alike[0]! : null;
}

const baseName = (path: string) => path.slice(path.lastIndexOf("/") + 1);

function parseModelJson({ path, bytes }: NamedBytes): Record<string, unknown> {
  if (bytes.length > LARGEST_JSON) {
    throw refused(
      `${quoted(path)} has ${inBytes(bytes.length)}, at most ${inBytes(LARGEST_JSON)} are read: weights belong into shards beside it`,
    );
  }
  if (isTooDeep(bytes)) throw refused(`${quoted(path)} is nested too deep to be a model: export it anew`);
  let model: unknown;
  try {
    model = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (error) {
    throw refused(
      `${quoted(path)} is not JSON (${(error as Error).message.slice(0, 200)}): export it anew`,
      error,
    );
  }
  if (typeof model === "object" && model !== null && !Array.isArray(model)) {
    return model as Record<string, unknown>;
  }
  throw refused(`${quoted(path)} is not a JSON object: expected the model.json of a TensorFlow.js model`);
}
