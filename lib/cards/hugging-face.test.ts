import { expect, test } from "vitest";
import { readHuggingFace } from "./hugging-face";

const README = `---
language: en
license: mit
library_name: transformers
pipeline_tag: text-classification
datasets:
- emotion
- imdb
metrics: [accuracy, f1]
model-index:
- name: distilbert-emotion
  results:
  - task: {type: text-classification, name: Text Classification}
    dataset: {name: Emotion, type: emotion, split: validation}
    metrics:
    - {type: accuracy, value: 0.927, name: Accuracy, verified: true}
    - {type: f1, value: "0.9271664736493986", name: F1}
  - dataset: {type: imdb}
    metrics:
    - {type: loss, value: n/a}
---
# distilbert-emotion

This model is a fine-tuned version.
`;

test("takes the metadata of a Hugging Face card", () => {
  expect(readHuggingFace(README)).toEqual({
    fields: [
      { path: ["model_details", "name"], value: "distilbert-emotion" },
      { path: ["model_details", "license"], value: "mit" },
      { path: ["intended_use", "primary_uses"], value: ["text-classification"] },
      { path: ["training_data", "source"], value: "emotion, imdb" },
      {
        path: ["metrics"],
        value: [
          { name: "Accuracy on Emotion", value: 0.927, threshold: null },
          { name: "F1 on Emotion", value: 0.9271664736493986, threshold: null },
          { name: "loss on imdb", value: null, threshold: null },
        ],
      },
    ],
    left: ["language", "library_name", "metrics"],
  });
});

test("takes little from little, and nothing from what is none", () => {
  expect(readHuggingFace("---\r\nlicense: [other]\r\nlicense_name: ours\r\n---\r\n").fields).toEqual([
    { path: ["model_details", "license"], value: "ours" },
  ]);
  expect(readHuggingFace("license: mit").fields).toHaveLength(1);
  expect(readHuggingFace("model-index: 3\ndatasets: {a: b}")).toEqual({ fields: [], left: [] });
  expect(() => readHuggingFace("# a readme without metadata")).toThrow(/no metadata/);
  expect(() => readHuggingFace("---\na: [b\n---\n")).toThrow(/no YAML/);
});
