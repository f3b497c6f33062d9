import { inBytes, type NamedBytes, pathInside, quoted, refused } from "./model-files";

/** As a weights manifest lists them. */
export type WeightSpec = {
  name: string;
  shape: number[];
  dtype: "float32" | "int32" | "bool" | "string" | "complex64";
  quantization?: { dtype: "uint8" | "uint16" | "float16"; scale?: number; min?: number };
};
export type Weights = { specs: WeightSpec[]; data: ArrayBuffer; shards: NamedBytes[]; values: number };

const DTYPE_BYTES: Record<string, number> = {
  float32: 4,
  int32: 4,
  bool: 1,
  complex64: 8,
  uint8: 1,
  uint16: 2,
  float16: 2,
};

/**
 * The weights that a manifest lists, from shards found by their names and taken in the manifest's order.
 * @param find gives the file of a path beside model.json
 * @throws TidemarkError for a shard that is missing, outside, short or long, and for weights that are not numbers
 */
export function readWeights(manifest: unknown, find: (path: string) => NamedBytes | null): Weights {
  if (!Array.isArray(manifest) || manifest.length === 0) {
    throw refused(
      "model.json has no weightsManifest: it was saved without its weights; export it with tensorflowjs_converter or model.save()",
    );
  }
  const specs: WeightSpec[] = [];
  const shards: NamedBytes[] = [];
  let values = 0;
  for (const [place, group] of manifest.entries()) {
    const where = `group ${place + 1} of model.json's weightsManifest`;
    const { paths, weights } = (group ?? {}) as { paths?: unknown; weights?: unknown };
    if (!Array.isArray(paths) || !Array.isArray(weights)) {
      throw refused(`${where} has no lists of paths and weights: export the model anew`);
    }
    const checked = weights.map((spec) => readSpec(spec, where));
    const wanted = checked.reduce((sum, { bytes }) => sum + bytes, 0);
    const files = paths.map((path) => {
      const inside = pathInside(path, "model.json");
      const file = find(inside);
      if (file) return { path: inside, bytes: file.bytes };
      throw refused(
        `model.json wants the weights file ${quoted(inside)}, which is not there: drop model.json and all of its shards together, or a folder or zip of them`,
      );
    });
    const held = files.reduce((sum, { bytes }) => sum + bytes.length, 0);
    if (held !== wanted) {
      const names = files.map(({ path }) => path).join(", ");
      throw refused(
        `the weights in ${names} ${held < wanted ? "are short" : "are too long"}: model.json claims ${inBytes(wanted)}, the files hold ${inBytes(held)}. They are of another export, or were cut on the way: take all files of one export`,
      );
    }
    specs.push(...checked.map(({ spec }) => spec));
    values += checked.reduce((sum, { spec }) => sum + sizeOf(spec.shape), 0);
    shards.push(...files);
  }
  const data = new Uint8Array(shards.reduce((sum, { bytes }) => sum + bytes.length, 0));
  let at = 0;
  for (const { bytes } of shards) {
    data.set(bytes, at);
    at += bytes.length;
  }
  refuseNaN(specs, data);
  return { specs, data: data.buffer, shards, values };
}

export const sizeOf = (shape: readonly number[]): number =>
  shape.reduce((product, size) => product * size, 1);

function readSpec(given: unknown, where: string): { spec: WeightSpec; bytes: number } {
  const spec = (given ?? {}) as WeightSpec;
  const named = `the weight ${quoted(spec.name)} in ${where}`;
  if (typeof spec.name !== "string") throw refused(`a weight in ${where} has no name: export the model anew`);
  if (!Array.isArray(spec.shape) || spec.shape.some((size) => !Number.isInteger(size) || size < 0)) {
    throw refused(
      `${named} has the shape ${quoted(spec.shape)}: expected whole numbers; export the model anew`,
    );
  }
  if (spec.dtype === "string") {
    throw refused(`${named} holds text, which is not read here: use a model whose inputs are numbers`);
  }
  const stored = spec.quantization?.dtype ?? spec.dtype;
  const width = DTYPE_BYTES[stored];
  if (width === undefined) {
    throw refused(`${named} is of the type ${quoted(stored)}, which is not known: export it as float32`);
  }
  const bytes = sizeOf(spec.shape) * width;
  if (!Number.isSafeInteger(bytes)) {
    throw refused(
      `${named} claims the shape ${quoted(spec.shape)}, which no file holds: export the model anew`,
    );
  }
  return { spec, bytes };
}

/** A network with one NaN in it answers NaN to everything. */
function refuseNaN(specs: readonly WeightSpec[], data: Uint8Array): void {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  let at = 0;
  for (const { name, shape, dtype, quantization } of specs) {
    const size = sizeOf(shape);
    if (dtype === "float32" && !quantization) {
      for (let i = 0; i < size; i++) {
        if (Number.isNaN(view.getFloat32(at + 4 * i, true))) {
          throw refused(
            `the weight ${quoted(name)} holds NaN at place ${i}: its training diverged, or the file is damaged; train or export it anew`,
          );
        }
      }
    }
    at += size * DTYPE_BYTES[quantization?.dtype ?? dtype]!;
  }
}
