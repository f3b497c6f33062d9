import { zipSync } from "fflate";
import { expect, test } from "vitest";
import { openInNode } from "./engine-node";
import type { NamedBytes } from "./model-files";
import { graphModel, type ModelJson, modelJson, perceptron } from "./models.fixture";
import { readModel } from "./read-model";
import { startTensorflow } from "./tensorflow-node";
import { unzip } from "./unzip";

/** What a person would see: readModel refuses before any engine is started, or the engine's guard does. */
async function refusalOf(files: NamedBytes[]): Promise<string> {
  try {
    await (await openInNode(readModel(files))).dispose();
  } catch (error) {
    expect(error).toMatchObject({ name: "TidemarkError", code: "bad_request" });
    return (error as Error).message;
  }
  return "it was loaded";
}

const changed = async (change: (json: ModelJson, files: NamedBytes[]) => void) => {
  const { json, files } = await perceptron();
  const copy = structuredClone(json);
  change(copy, files);
  return refusalOf([modelJson(copy), ...files.slice(1)]);
};
const layer = (json: ModelJson, place: number) =>
  (json.modelTopology as { config: { layers: { class_name: string; config: Record<string, unknown> }[] } })
    .config.layers[place]!;

test.each([
  "../../etc/passwd",
  "a/../../x.bin",
  "/etc/passwd",
  "https://evil.example/w.bin",
  "file:///w.bin",
  "C:\\w.bin",
  "..%2fw.bin",
  "",
])("a weights path of %j is refused", async (path) => {
  const words = await changed((json) => {
    json.weightsManifest[0]!.paths[0] = path;
  });
  expect(words).toMatch(
    /model\.json names the file .*, which (leads out|is absolute|is an address|is no path).*export the model anew/,
  );
});

test("shards that are missing, short or long are named with their sizes", async () => {
  const { files } = await perceptron();
  expect(await refusalOf(files.slice(0, 2))).toMatch(
    /"group1-shard2of2\.bin", which is not there: drop model\.json and all of its shards/,
  );
  const short = files.map((file, place) => (place === 1 ? { ...file, bytes: file.bytes.subarray(4) } : file));
  expect(await refusalOf(short)).toMatch(/are short: model\.json claims 196 bytes, the files hold 192 bytes/);
  const long = files.map((file, place) => (place === 2 ? { ...file, bytes: new Uint8Array(500) } : file));
  expect(await refusalOf(long)).toMatch(/are too long: model\.json claims 196 bytes/);
});

test("two gigabytes claimed in two kilobytes are refused before they are made", async () => {
  const manifest = await changed((json) => {
    json.weightsManifest[0]!.weights[0]!.shape = [4, 134_217_728];
  });
  expect(manifest).toMatch(/claims 2,147,483,\d+ bytes, the files hold 196/);
  const tf = await startTensorflow();
  const before = tf.memory().numBytes;
  const topology = await changed((json) => {
    layer(json, 0).config.units = 134_217_728;
  });
  expect(topology).toMatch(
    /the layers claim more weights than the shards hold: at "hidden" .*2,147,483,648 bytes claimed/,
  );
  expect(tf.memory().numBytes - before).toBeLessThan(100_000);
  const huge = await changed((json) => {
    json.weightsManifest[0]!.weights[0]!.shape = [2 ** 40, 2 ** 40];
  });
  expect(huge).toMatch(/claims the shape \[1099511627776,1099511627776\], which no file holds/);
});

test("weights that are not numbers are named", async () => {
  const { files } = await perceptron();
  const bytes = files[1]!.bytes.slice();
  new DataView(bytes.buffer).setFloat32(8, Number.NaN, true);
  const words = await refusalOf(files.map((file, place) => (place === 1 ? { ...file, bytes } : file)));
  expect(words).toMatch(/the weight "hidden\/kernel" holds NaN at place 2: its training diverged/);
});

test("layers and operations with code of their own are named", async () => {
  const lambda = await changed((json) => {
    layer(json, 0).class_name = "Lambda";
  });
  expect(lambda).toMatch(/is a Lambda, which runs code that the file does not hold/);
  const custom = await changed((json) => {
    layer(json, 1).class_name = "MyLayer";
  });
  expect(custom).toMatch(
    /the layer "answer" is of the class "MyLayer", which is not evaluated here.*graph model/,
  );
  const loop = graphModel((nodes) => {
    nodes[3]!.op = "While";
  });
  expect(await refusalOf(loop)).toMatch(/the node "y" of the graph is of the operation "While"/);
  const activation = await changed((json) => {
    layer(json, 0).config.activation = "mine";
  });
  expect(activation).toMatch(/TensorFlow\.js cannot load the model: Unknown activation.*mine/);
});

test("a zip that inflates beyond reason stops at its limit", () => {
  const zeros = new Uint8Array(16 * 1024 * 1024);
  const bomb = zipSync({ "model.json": zeros }, { level: 9 });
  expect(bomb.length).toBeLessThan(100_000);
  expect(() => unzip({ path: "bomb.zip", bytes: bomb })).toThrow(
    /"bomb\.zip" inflates "model\.json" to more than 200 times its size/,
  );
  const limits = { entries: 3, bytes: 1_000_000, ratio: 1e9 };
  expect(() => unzip({ path: "big.zip", bytes: bomb }, limits)).toThrow(
    /inflates to more than 1,000,000 bytes/,
  );
  const many = zipSync(
    Object.fromEntries(Array.from({ length: 4 }, (_, i) => [`${i}.bin`, new Uint8Array(1)])),
  );
  expect(() => unzip({ path: "many.zip", bytes: many }, limits)).toThrow(/holds more than 3 entries/);
  const slip = zipSync({ "../../model.json": new Uint8Array(1) });
  expect(() => unzip({ path: "slip.zip", bytes: slip })).toThrow(/leads out of the model's folder/);
  const whole = zipSync({ "model.json": Uint8Array.from({ length: 5000 }, (_, i) => (i * i * 7919) >> 3) });
  const cut = whole.subarray(0, whole.length / 2);
  expect(() => unzip({ path: "cut.zip", bytes: cut })).toThrow(
    /"cut\.zip" (cannot be read|ends in the middle)/,
  );
});

test.each([
  ["nothing", [], /no model\.json and no \.onnx file among no files/],
  [
    "a pickle",
    [{ path: "model.pkl", bytes: new Uint8Array(9) }],
    /no \.onnx file among "model\.pkl".*scikit-learn/,
  ],
  [
    "two models",
    [
      { path: "a.onnx", bytes: new Uint8Array(1) },
      { path: "b.onnx", bytes: new Uint8Array(1) },
    ],
    /there are 2 models: "a\.onnx", "b\.onnx"/,
  ],
  [
    "noise",
    [{ path: "a.onnx", bytes: Uint8Array.from({ length: 300 }, (_, i) => (i * 89) % 251) }],
    /ends in the middle or is no ONNX file|no graph/,
  ],
  ["an empty file", [{ path: "a.onnx", bytes: new Uint8Array() }], /holds no graph/],
  ["text", [{ path: "model.json", bytes: new TextEncoder().encode("hello") }], /"model\.json" is not JSON/],
  ["a list", [modelJson([])], /is not a JSON object/],
  ["another JSON", [modelJson({ name: "tidemark" })], /has no modelTopology/],
  [
    "nesting",
    [{ path: "model.json", bytes: new TextEncoder().encode("[".repeat(100_000)) }],
    /is nested too deep/,
  ],
])("%s is refused in words", async (_, files, message) => {
  expect(await refusalOf(files as NamedBytes[])).toMatch(message);
});
