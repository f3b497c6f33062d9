import { expect, test } from "vitest";
import { readSignature } from "./signature";

test("reads inputs, outputs and params of an MLmodel file", () => {
  const text = `artifact_path: model
flavors: {python_function: {loader_module: mlflow.sklearn}}
signature:
  inputs: '[{"type": "double", "name": "income", "required": true}, {"type": "long", "name": "age", "required": false}]'
  outputs: '[{"type": "tensor", "tensor-spec": {"dtype": "int64", "shape": [-1]}}]'
  params: null
`;
  expect(readSignature(text)).toEqual({
    inputs: [
      { name: "income", type: "double" },
      { name: "age", type: "long, optional" },
    ],
    outputs: [{ name: "1", type: "int64 tensor (-1)" }],
    params: [],
  });
});

test.each(["", "flavors: {}", "signature: 3", "signature: {inputs: '[not json'}", "a: [b"])(
  "%j has none",
  (text) => {
    expect(readSignature(text)).toBeNull();
  },
);
