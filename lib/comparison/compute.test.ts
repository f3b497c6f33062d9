import { expect, test } from "vitest";
import { emptyCard } from "@/lib/cards/write-card";
import type { VersionRecord } from "@/lib/registry/wire";
import { type ComparedVersion, compareVersions } from "./compute";

const record = (version: string, part: Partial<VersionRecord> = {}): VersionRecord => ({
  version,
  stage: "None",
  aliases: [],
  tags: [],
  description: "",
  owner: "ada",
  source: "",
  run: null,
  logged_model_id: null,
  created_at: "2026-03-01T00:00:00Z",
  updated_at: "2026-03-01T00:00:00Z",
  revision: "0.a",
  ...part,
});
const bare = (version: string): ComparedVersion => ({
  record: record(version),
  run: null,
  signature: null,
  card: null,
  live: null,
});
const section = (versions: ComparedVersion[], title: string) =>
  compareVersions(versions).find((each) => each.title === title)!;

test("metrics: the best is the highest, of losses the lowest; a missing one differs", () => {
  const a = {
    ...bare("1"),
    run: {
      metrics: [
        { key: "auc", value: 0.7 },
        { key: "loss", value: 0.4 },
      ],
      params: [],
    },
  };
  const b = {
    ...bare("2"),
    run: {
      metrics: [
        { key: "auc", value: 0.8 },
        { key: "loss", value: 0.5 },
        { key: "f1", value: Number.NaN },
      ],
      params: [],
    },
  };
  expect(section([a, b], "Metrics of the run").rows).toEqual([
    { name: "auc", values: [0.7, 0.8], differs: true, best: [1] },
    { name: "loss", values: [0.4, 0.5], differs: true, best: [0] },
    { name: "f1", values: [null, "NaN"], differs: true, best: [] },
  ]);
});

test("what is the same does not differ and has no best", () => {
  const run = { metrics: [{ key: "auc", value: 0.7 }], params: [{ key: "depth", value: "4" }] };
  const same = [
    { ...bare("1"), run },
    { ...bare("2"), run },
  ];
  expect(section(same, "Metrics of the run").rows[0]).toMatchObject({ differs: false, best: [] });
  expect(section(same, "Params").rows).toEqual([
    { name: "depth", values: ["4", "4"], differs: false, best: [] },
  ]);
});

test("sections without anything say why", () => {
  const sections = compareVersions([bare("1"), bare("2")]);
  expect(sections.slice(1).every(({ rows }) => rows.length === 0)).toBe(true);
  expect(sections.find(({ title }) => title === "Signature")?.note).toMatch(/^None of them/);
});

test("signatures, cards and tags are set side by side by name", () => {
  const card = emptyCard("m", "1");
  card.metrics = [{ name: "auc", value: 0.7, threshold: 0.6 }];
  const a: ComparedVersion = {
    ...bare("1"),
    card,
    signature: { inputs: [{ name: "age", type: "long" }], outputs: [], params: [] },
  };
  const b: ComparedVersion = { ...bare("2"), record: record("2", { tags: [{ key: "gate", value: "ok" }] }) };
  const names = (title: string) => section([a, b], title).rows.map(({ name, values }) => [name, ...values]);
  expect(names("Signature")).toEqual([["input age", "long", null]]);
  expect(names("Model card")).toEqual([
    ["auc, as the card says", 0.7, null],
    ["threshold of auc", 0.6, null],
  ]);
  expect(names("Registry")).toContainEqual(["tag gate", null, "ok"]);
});
