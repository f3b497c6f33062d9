import { expect, test } from "vitest";
import { readCard } from "./read-card";
import { editCard, emptyCard, writeCard } from "./write-card";

test("one field is set; comments and the order of the others stay", () => {
  const text = "# ours\nmetrics: [] # none yet\nmodel_details: {name: m, version: 1}\ntraining_data:\n";
  const edited = editCard(editCard(text, ["training_data", "size"], "10 rows"), ["monitoring"], ["weekly"]);
  expect(edited).toBe(
    "# ours\nmetrics: [] # none yet\nmodel_details: { name: m, version: 1 }\ntraining_data:\n  size: 10 rows\nmonitoring:\n  - weekly\n",
  );
});

test("a comment beside a value stays when the value is set", () => {
  expect(editCard("model_details:\n  name: m # ours\n", ["model_details", "name"], "n")).toBe(
    "model_details:\n  name: n # ours\n",
  );
});

test("an empty text becomes a card by its fields", () => {
  const text = editCard(editCard("", ["model_details", "name"], "m"), ["model_details", "version"], "1");
  expect(readCard(text).card).toEqual(emptyCard("m", "1"));
});

test("a text like a number stays a text", () => {
  const text = editCard(writeCard(emptyCard("m", "1")), ["model_details", "version"], "007");
  expect(readCard(text).card?.model_details.version).toBe("007");
});
