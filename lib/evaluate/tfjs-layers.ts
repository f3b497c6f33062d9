import { quoted, refused } from "./model-files";

/** Layers that make an answer of a row, and whose memory their weights and inputs bound. */
const LAYERS = new Set([
  ...["InputLayer", "Dense", "Activation", "Flatten", "Reshape", "Permute", "Masking", "Embedding"],
  ...[
    "BatchNormalization",
    "LayerNormalization",
    "Softmax",
    "ReLU",
    "LeakyReLU",
    "PReLU",
    "ELU",
    "ThresholdedReLU",
  ],
  ...["Dropout", "SpatialDropout1D", "AlphaDropout", "GaussianDropout", "GaussianNoise"],
  ...["Add", "Average", "Concatenate", "Dot", "Maximum", "Minimum", "Multiply"],
  ...["Conv1D", "MaxPooling1D", "AveragePooling1D", "GlobalMaxPooling1D", "GlobalAveragePooling1D"],
  ...["LSTM", "GRU", "SimpleRNN", "Bidirectional"],
]);
const MODELS = new Set(["Sequential", "Functional", "Model"]);
const MOST_LAYERS = 2_000;

type Item = { class_name?: unknown; config?: unknown; inbound_nodes?: unknown; module?: unknown };
type Config = Record<string, unknown>;

/**
 * The topology of a layers model, in the words that TensorFlow.js knows: Keras 3 has renamed some of them.
 * @throws TidemarkError for a layer that is not known, or that runs code of its own
 */
export function checkLayers(topology: object): object {
  const wrapped = topology as { model_config?: unknown };
  const root = (typeof wrapped.model_config === "object" && wrapped.model_config) || topology;
  const copy = structuredClone(root) as Item;
  checkModel(copy, { layers: 0 });
  return { ...topology, model_config: copy };
}

function checkModel(model: Item, seen: { layers: number }): void {
  if (!MODELS.has(model.class_name as string)) {
    throw refused(
      `the model is of the class ${quoted(model.class_name)}: expected Sequential or Functional; export it as a graph model (tensorflowjs_converter --output_format=tfjs_graph_model)`,
    );
  }
  // The oldest files have the list of layers itself where there is a config now.
  const config = model.config as
    | { layers?: unknown; input_layers?: unknown; output_layers?: unknown }
    | Item[];
  const layers = Array.isArray(config) ? config : config?.layers;
  if (!Array.isArray(layers)) {
    throw refused("the model's topology has no list of layers: it is damaged; export it anew");
  }
  for (const layer of layers) checkLayer((layer ?? {}) as Item, seen);
  if (!Array.isArray(config)) {
    config.input_layers = asEnds(config.input_layers);
    config.output_layers = asEnds(config.output_layers);
    if (config.input_layers === undefined) delete config.input_layers;
    if (config.output_layers === undefined) delete config.output_layers;
  }
}

function checkLayer(layer: Item, seen: { layers: number }): void {
  const { class_name, config } = layer;
  const named = `the layer ${quoted((config as Config | undefined)?.name ?? "")}`;
  seen.layers++;
  if (seen.layers > MOST_LAYERS)
    throw refused(`the model has more than ${MOST_LAYERS} layers: none for tables has`);
  if (typeof config !== "object" || config === null) {
    throw refused(`${named} has no config: the file is damaged; export the model anew`);
  }
  if (MODELS.has(class_name as string)) {
    checkModel(layer, seen);
  } else if (class_name === "Lambda") {
    throw refused(
      `${named} is a Lambda, which runs code that the file does not hold: put what it computes into the input mapping, or export a graph model (tensorflowjs_converter --output_format=tfjs_graph_model)`,
    );
  } else if (!LAYERS.has(class_name as string)) {
    throw refused(
      `${named} is of the class ${quoted(class_name)}, which is not evaluated here: use layers of ${[...LAYERS].slice(0, 4).join(", ")} … (docs/evaluation.md lists them), or export a graph model (tensorflowjs_converter --output_format=tfjs_graph_model)`,
    );
  }
  const inner = (config as { layer?: Item }).layer;
  if (class_name === "Bidirectional" && inner) checkLayer(inner, seen);
  fromKeras3(layer, config as Config);
}

/** Keras 3 says batch_shape for batch_input_shape, writes types as objects, and how layers are joined in another shape. */
function fromKeras3(layer: Item, config: Config): void {
  if (config.batch_shape !== undefined && config.batch_input_shape === undefined) {
    config.batch_input_shape = config.batch_shape;
    delete config.batch_shape;
  }
  const type = config.dtype as { config?: { name?: unknown } } | string | undefined;
  if (typeof type === "object") config.dtype = type?.config?.name ?? "float32";
  if (Array.isArray(layer.inbound_nodes)) layer.inbound_nodes = layer.inbound_nodes.map(asNode);
}

/** `{args, kwargs}` of Keras 3 → `[["dense", 0, 0, {}], …]` */
function asNode(node: unknown): unknown {
  const args = (node as { args?: unknown } | null)?.args;
  return Array.isArray(args) ? args.flatMap(tensorsOf) : node;
}

function tensorsOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value.flatMap(tensorsOf);
  const tensor = value as { class_name?: unknown; config?: { keras_history?: unknown } } | null;
  const history = tensor?.class_name === "__keras_tensor__" ? tensor.config?.keras_history : undefined;
  return Array.isArray(history) ? [[...history, {}]] : [];
}

/** `["dense", 0, 0]` → `[["dense", 0, 0]]` */
function asEnds(ends: unknown): unknown {
  return Array.isArray(ends) && typeof ends[0] === "string" ? [ends] : ends;
}
