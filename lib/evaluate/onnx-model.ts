import { inBytes, type NamedBytes, quoted, type ReadModel, refused, type TensorSpec } from "./model-files";
import { ONNX_ML_OPS, ONNX_OPS } from "./onnx-ops";
import { bytesField, concatBytes, type Field, readFields, textOf, varintField, varintsOf } from "./protobuf";

export type OnnxModel = ReadModel & {
  format: "onnx";
  /** What the runtime loads: the file, without its ZipMap where it has one. */
  runnable: Uint8Array;
  inputs: TensorSpec[];
  outputs: TensorSpec[];
};

/* Field numbers of onnx.proto3, by message. */
const MODEL = { ir: 1, graph: 7, metadata: 14, functions: 25 };
const GRAPH = { node: 1, initializer: 5, input: 11, output: 12, sparse: 15 };
const NODE = { input: 1, output: 2, name: 3, op: 4, attribute: 5, domain: 7 };
const ATTRIBUTE = { name: 1, tensor: 5, graph: 6, ints: 8, strings: 9, tensors: 10, graphs: 11 };
const TENSOR = { dims: 1, type: 2, name: 8, raw: 9, external: 13, location: 14 };

/** TensorProto.DataType → name and bytes a value. */
const TYPES: Record<number, { type: TensorSpec["type"] | null; bytes: number }> = {
  1: { type: "float32", bytes: 4 },
  2: { type: null, bytes: 1 },
  3: { type: null, bytes: 1 },
  6: { type: "int32", bytes: 4 },
  7: { type: "int64", bytes: 8 },
  8: { type: "string", bytes: 0 },
  9: { type: "bool", bytes: 1 },
  10: { type: null, bytes: 2 },
  11: { type: "float64", bytes: 8 },
};

type Node = {
  op: string;
  domain: string;
  name: string;
  inputs: string[];
  outputs: string[];
  attributes: Attribute[];
};
type Attribute = { name: string; fields: Field[] };
type Value = { name: string; type: number | null; shape: (number | null)[] };

/**
 * An ONNX model, looked through before the runtime sees it. A ZipMap at its end, whose maps no runtime in a browser reads,
 * is taken away: what it would have made maps of, the probabilities, is the output instead.
 * @throws TidemarkError that names what is wrong with it and what to do
 */
export function readOnnxModel(file: NamedBytes): OnnxModel {
  const model = [...readFields(file.bytes)];
  const graphs = model.filter((field) => field.number === MODEL.graph && field.type === 2);
  if (graphs.length !== 1) {
    throw refused(`${quoted(file.path)} holds no graph: it is no ONNX model, or was cut; export it anew`);
  }
  if (model.some((field) => field.number === MODEL.functions)) {
    throw refused(`${quoted(file.path)} holds functions of its own: export it without them (onnx.inliner)`);
  }
  const graph = [...readFields(graphs[0]!.bytes)];
  const nodes = graph.filter((field) => field.number === GRAPH.node).map((field) => readNode(field.bytes));
  for (const node of nodes) checkNode(node);
  const initializers = graph.filter((field) => field.number === GRAPH.initializer);
  const constants = new Set(initializers.map((field) => checkTensor(field.bytes)));
  if (graph.some((field) => field.number === GRAPH.sparse)) {
    throw refused(`${quoted(file.path)} has sparse weights: export it with dense ones`);
  }
  const inputs = graph
    .filter((field) => field.number === GRAPH.input)
    .map((field) => readValue(field.bytes))
    // Old files list their weights as inputs too.
    .filter(({ name }) => !constants.has(name))
    .map(asSpec);
  const zipMaps = nodes.filter(({ op }) => op === "ZipMap");
  const listed = graph
    .filter((field) => field.number === GRAPH.output)
    .map((field) => readValue(field.bytes));
  const outputs = listed.map((value) => {
    const zip = zipMaps.find((node) => node.outputs[0] === value.name);
    return asSpec(zip ? { name: zip.inputs[0]!, type: 1, shape: [null, null] } : value);
  });
  if (inputs.length === 0 || outputs.length === 0) {
    throw refused(`${quoted(file.path)} has no inputs or no outputs: export it anew`);
  }
  return {
    format: "onnx",
    files: [{ path: baseName(file.path), bytes: file.bytes }],
    runnable: zipMaps.length > 0 ? withoutZipMaps(model, graph, zipMaps) : file.bytes,
    mapping: readMapping(model),
    classes: readClasses(nodes),
    notes:
      zipMaps.length > 0
        ? ["The ZipMap at the model's end was taken away: its probabilities are read as they are."]
        : [],
    inputs,
    outputs,
  };
}

const baseName = (path: string) => path.slice(path.lastIndexOf("/") + 1);

function readNode(bytes: Uint8Array): Node {
  const node: Node = { op: "", domain: "", name: "", inputs: [], outputs: [], attributes: [] };
  for (const field of readFields(bytes)) {
    if (field.number === NODE.input) node.inputs.push(textOf(field.bytes));
    else if (field.number === NODE.output) node.outputs.push(textOf(field.bytes));
    else if (field.number === NODE.name) node.name = textOf(field.bytes);
    else if (field.number === NODE.op) node.op = textOf(field.bytes);
    else if (field.number === NODE.domain) node.domain = textOf(field.bytes);
    else if (field.number === NODE.attribute) {
      const fields = [...readFields(field.bytes)];
      const name = fields.find(({ number }) => number === ATTRIBUTE.name);
      node.attributes.push({ name: name ? textOf(name.bytes) : "", fields });
    }
  }
  return node;
}

function checkNode({ op, domain, name, attributes }: Node): void {
  const known =
    domain === "" || domain === "ai.onnx" ? ONNX_OPS : domain === "ai.onnx.ml" ? ONNX_ML_OPS : null;
  if (!known?.has(op)) {
    throw refused(
      `the node ${quoted(name)} is of the operator ${quoted(domain ? `${domain}.${op}` : op)}, which is not evaluated here: ${known ? "move it out of the model into the input mapping" : "export the model with operators of ONNX itself"} (docs/evaluation.md lists them)`,
    );
  }
  for (const { fields } of attributes) {
    for (const field of fields) {
      if (field.number === ATTRIBUTE.graph || field.number === ATTRIBUTE.graphs) {
        throw refused(
          `the node ${quoted(name)} (${op}) holds a graph of its own: export the model without branches and loops`,
        );
      }
      if (field.number === ATTRIBUTE.tensor || field.number === ATTRIBUTE.tensors) checkTensor(field.bytes);
    }
  }
}

/** @returns the tensor's name */
function checkTensor(bytes: Uint8Array): string {
  const dims: number[] = [];
  let type = 0;
  let name = "";
  let raw: Uint8Array | null = null;
  let external = false;
  for (const field of readFields(bytes)) {
    if (field.number === TENSOR.dims) dims.push(...varintsOf(field));
    else if (field.number === TENSOR.type) type = field.value;
    else if (field.number === TENSOR.name) name = textOf(field.bytes);
    else if (field.number === TENSOR.raw) raw = field.bytes;
    else if (field.number === TENSOR.external) external = true;
    else if (field.number === TENSOR.location) external ||= field.value === 1;
  }
  if (external) {
    throw refused(
      `the weight ${quoted(name)} lies in another file (external data): save the model in one, onnx.save_model(model, path, save_as_external_data=False)`,
    );
  }
  const width = TYPES[type]?.bytes;
  if (width === undefined)
    throw refused(`the weight ${quoted(name)} is of the type ${type}, which is not read here: use float32`);
  const size = dims.reduce((product, dim) => product * dim, 1);
  // Packed varints take at least a byte a value, so no tensor has more values than bytes.
  const wanted = raw ? size * width : size;
  const held = raw ? raw.length : bytes.length;
  if (!Number.isSafeInteger(size) || (raw && type !== 8 ? wanted !== held : wanted > held)) {
    throw refused(
      `the weight ${quoted(name)} claims the shape ${quoted(dims)}, ${inBytes(wanted)}, and the file holds ${inBytes(held)}: it is damaged; export it anew`,
    );
  }
  if (raw && (type === 1 || type === 11)) refuseNaN(name, raw, width);
  return name;
}

function refuseNaN(name: string, raw: Uint8Array, width: number): void {
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
  for (let at = 0; at < raw.length; at += width) {
    if (Number.isNaN(width === 4 ? view.getFloat32(at, true) : view.getFloat64(at, true))) {
      throw refused(
        `the weight ${quoted(name)} holds NaN at place ${at / width}: its training diverged, or the file is damaged; train or export it anew`,
      );
    }
  }
}

/** ValueInfoProto: its name, and of a tensor its type and shape; the type is null for a sequence or map. */
function readValue(bytes: Uint8Array): Value {
  const value: Value = { name: "", type: null, shape: [] };
  for (const field of readFields(bytes)) {
    if (field.number === 1) value.name = textOf(field.bytes);
    if (field.number !== 2) continue;
    for (const kind of readFields(field.bytes)) {
      if (kind.number !== 1) continue;
      for (const part of readFields(kind.bytes)) {
        if (part.number === 1) value.type = part.value;
        if (part.number === 2)
          value.shape = [...readFields(part.bytes)].map((dim) => readDimension(dim.bytes));
      }
    }
  }
  return value;
}

function readDimension(bytes: Uint8Array): number | null {
  for (const field of readFields(bytes)) if (field.number === 1) return field.value;
  return null;
}

function asSpec({ name, type, shape }: Value): TensorSpec {
  const known = type === null ? null : TYPES[type]?.type;
  if (!known) {
    throw refused(
      type === null
        ? `the output ${quoted(name)} is a sequence or map, which cannot be read here: convert the model with options={id(model): {"zipmap": False}}`
        : `${quoted(name)} is of the type ${type}, which is not read here: export it with float, double, int64, bool or string inputs and outputs`,
    );
  }
  const rest = shape.slice(1);
  const known_ = rest.every((size): size is number => size !== null);
  return {
    name,
    type: known,
    shape: known_ ? rest : [],
    width: shape.length < 2 ? 1 : known_ ? rest.reduce((product, size) => product * size, 1) : null,
  };
}

/** metadata_props["input_mapping"], JSON. */
function readMapping(model: readonly Field[]): unknown {
  for (const field of model) {
    if (field.number !== MODEL.metadata) continue;
    const [key, value] = [...readFields(field.bytes)].map(({ bytes }) => textOf(bytes));
    if (key !== "input_mapping") continue;
    try {
      return JSON.parse(value ?? "");
    } catch (error) {
      throw refused(
        `metadata_props["input_mapping"] of the model is not JSON (${(error as Error).message.slice(0, 100)}): write it with json.dumps`,
        error,
      );
    }
  }
  return null;
}

/** Classes as a classifier or ZipMap lists them; integers as text. */
function readClasses(nodes: readonly Node[]): string[] | null {
  for (const { attributes } of [...nodes].reverse()) {
    for (const { name, fields } of attributes) {
      if (!name.startsWith("classlabels") && !name.startsWith("classlabels_")) continue;
      const texts = fields
        .filter(({ number }) => number === ATTRIBUTE.strings)
        .map(({ bytes }) => textOf(bytes));
      const numbers = fields
        .filter(({ number }) => number === ATTRIBUTE.ints)
        .flatMap((field) => [...varintsOf(field)]);
      if (texts.length > 1) return texts;
      if (numbers.length > 1) return numbers.map(String);
    }
  }
  return null;
}

/** The same model whose outputs are what its ZipMaps read. */
function withoutZipMaps(
  model: readonly Field[],
  graph: readonly Field[],
  zipMaps: readonly Node[],
): Uint8Array {
  const parts = graph.map((field) => {
    if (field.number === GRAPH.node && readNode(field.bytes).op === "ZipMap") return new Uint8Array();
    if (field.number !== GRAPH.output) return field.raw;
    const zip = zipMaps.find((node) => node.outputs[0] === readValue(field.bytes).name);
    return zip ? bytesField(GRAPH.output, floatTensor(zip.inputs[0]!)) : field.raw;
  });
  const rewritten = bytesField(MODEL.graph, concatBytes(parts));
  return concatBytes(model.map((field) => (field.number === MODEL.graph ? rewritten : field.raw)));
}

/** ValueInfoProto of a float tensor whose shape is left to the runtime. */
const floatTensor = (name: string): Uint8Array =>
  concatBytes([
    bytesField(1, new TextEncoder().encode(name)),
    bytesField(2, bytesField(1, varintField(1, 1))),
  ]);
