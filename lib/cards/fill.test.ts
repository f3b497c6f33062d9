import { expect, test } from "vitest";
import { fillCard, mergeImported } from "./fill";
import { cardGates } from "./gates";
import type { CardFacts } from "./schema";
import { emptyCard } from "./write-card";

const facts: CardFacts = {
  model: "credit",
  version: "2",
  date: "2026-03-01",
  owner: "ada",
  source: "applications (digest 1a2b)",
  date_range: null,
  size: "4,000 rows",
  metrics: [{ name: "auc", value: 0.81 }],
  drift: "income moved",
};

test("an empty card is told all that is known", () => {
  expect(fillCard(emptyCard("credit", "2"), facts)).toEqual([
    { path: ["model_details", "date"], value: "2026-03-01" },
    { path: ["model_details", "owners"], value: ["ada"] },
    { path: ["training_data", "source"], value: "applications (digest 1a2b)" },
    { path: ["training_data", "size"], value: "4,000 rows" },
    { path: ["metrics"], value: [{ name: "auc", value: 0.81, threshold: null }] },
    { path: ["monitoring"], value: ["Drift, as Tidemark measured it: income moved"] },
  ]);
});

test("what people wrote stays, thresholds too; values of the run and the drift are renewed", () => {
  const card = emptyCard("credit", "2");
  card.model_details = { ...card.model_details, date: "2026-02-01", owners: ["bo"] };
  card.training_data = { ...card.training_data, source: "ours", size: "many" };
  card.metrics = [
    { name: "f1", value: 0.5, threshold: 0.4 },
    { name: "auc", value: 0.7, threshold: 0.75 },
  ];
  card.monitoring = ["Drift, as Tidemark measured it: nothing moved", "by hand on Mondays"];
  expect(fillCard(card, facts)).toEqual([
    {
      path: ["metrics"],
      value: [
        { name: "f1", value: 0.5, threshold: 0.4 },
        { name: "auc", value: 0.81, threshold: 0.75 },
      ],
    },
    { path: ["monitoring"], value: ["by hand on Mondays", "Drift, as Tidemark measured it: income moved"] },
  ]);
});

test("what is imported keeps thresholds and what is listed already", () => {
  const card = emptyCard("credit", "2");
  card.metrics = [{ name: "auc", value: 0.7, threshold: 0.75 }];
  card.intended_use.primary_uses = ["rank applications"];
  card.model_details.license = "ours";
  expect(
    mergeImported(card, [
      { path: ["model_details", "license"], value: "mit" },
      { path: ["intended_use", "primary_uses"], value: ["rank applications", "text-classification"] },
      { path: ["metrics"], value: [{ name: "f1", value: 0.5, threshold: null }] },
    ]),
  ).toEqual([
    { path: ["model_details", "license"], value: "mit" },
    { path: ["intended_use", "primary_uses"], value: ["rank applications", "text-classification"] },
    {
      path: ["metrics"],
      value: [
        { name: "auc", value: 0.7, threshold: 0.75 },
        { name: "f1", value: 0.5, threshold: null },
      ],
    },
  ]);
});

test("a threshold is a gate in its metric's direction", () => {
  const gates = cardGates([
    { name: "auc", value: 0.8, threshold: 0.8 },
    { name: "rmse", value: 3, threshold: 2 },
    { name: "val_loss", value: 0.1, threshold: 0.2 },
    { name: "f1", value: null, threshold: 0.5 },
    { name: "recall", value: 0.5, threshold: null },
    { name: "lossless_share", value: 0.5, threshold: 0.6 },
  ]);
  expect(gates.map(({ metric, bound, passed }) => [metric, bound, passed])).toEqual([
    ["auc", "at least", true],
    ["rmse", "at most", false],
    ["val_loss", "at most", true],
    ["f1", "at least", null],
    ["lossless_share", "at least", false],
  ]);
});
