import { expect, test } from "vitest";
import { servedFile } from "./served-file";

const ONNX = "  onnx:\n    data: model.onnx\n    onnx_version: 1.16.0\n";
const python = (loader: string) => `  python_function:\n    loader_module: ${loader}\n`;

test.each([
  [`flavors:\n${ONNX}${python("mlflow.onnx")}`, "model.onnx"],
  [`flavors:\n${ONNX}`, "model.onnx"],
  // What Python loads is not the file that lies beside it.
  [`flavors:\n${ONNX}${python("mlflow.sklearn")}`, null],
  [`flavors:\n${python("mlflow.sklearn")}  sklearn:\n    pickled_model: model.pkl\n`, null],
  ["signature:\n  inputs: '[]'\n", undefined],
  ["", undefined],
  ["flavors: [", undefined],
  ["a: &a [x]\nflavors: *a", undefined],
])("%j", (text, file) => {
  expect(servedFile(text)).toBe(file);
});
