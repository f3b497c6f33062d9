import { mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { pythonWith, run } from "../mlflow/python";

/** protobuf 6 refuses the booleans that skl2onnx writes into lists of integers. */
const PACKAGES = ["scikit-learn==1.7.*", "skl2onnx==1.19.*", "onnx==1.19.*", "protobuf<6", "packaging"];

/** What scripts/onnx/make-models.py tells beside each model. */
export type Told = {
  columns: Record<string, number[] | string[]>;
  labels: (number | string)[];
  classes?: string[];
  probabilities?: number[][];
  values?: number[];
};

/** A folder of scikit-learn models as ONNX; null, said aloud, where there is no Python to make them. */
export async function onnxModels(): Promise<string | null> {
  const python = await pythonWith("scikit-learn with skl2onnx", "venv-onnx", PACKAGES);
  if (!python) return null;
  const folder = path.resolve(".test", "onnx-models");
  mkdirSync(folder, { recursive: true });
  const { code, output } = await run(python, ["scripts/onnx/make-models.py", folder]);
  if (code !== 0) throw new Error(`scripts/onnx/make-models.py failed: ${output.slice(-2000)}`);
  return folder;
}

export const readTold = (folder: string, name: string): Told =>
  JSON.parse(readFileSync(path.join(folder, `${name}.json`), "utf8"));
export const readOnnx = (folder: string, name: string) => ({
  path: `${name}.onnx`,
  bytes: new Uint8Array(readFileSync(path.join(folder, `${name}.onnx`))),
});
