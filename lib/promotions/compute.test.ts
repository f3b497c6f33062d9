import { describe, expect, test } from "vitest";
import type { DriftReport } from "@/lib/drift/schema";
import type { EvaluationReport } from "@/lib/evaluate/schema";
import { expiryOf, judgeGates, usedEvidence, wantedPairs } from "./compute";
import type { Evidence, GateInputs, ListedEvidence, PairedMetrics } from "./inputs";
import { pairKey } from "./inputs";
import { Gate } from "./schema";

const NOW = Date.parse("2026-06-30T12:00:00Z");
const SET = "a".repeat(64);
const OTHER_SET = "b".repeat(64);

const auc = (value: number | null, low: number | null = null, high: number | null = null) => ({
  auc: { value, low, high },
});
const slice = (value: string, n: number, of: EvaluationReport["metrics"]) => ({
  slice: [{ feature: "carrier", value }],
  n,
  metrics: of,
  gap: null,
});
const report = (
  of: EvaluationReport["metrics"],
  slices: EvaluationReport["slices"] = [],
): EvaluationReport => ({
  task: "binary",
  n: 1000,
  n_missing_label: 0,
  n_missing_prediction: 0,
  metrics: of,
  slices,
  worst_rows: [],
});
const evidence = (id: string, version: string, of: Partial<Evidence> = {}): Evidence => ({
  evaluation_id: id,
  version,
  dataset: SET,
  model_sha256: "c".repeat(64),
  belongs: true,
  by_its_label: true,
  n_missing_prediction: 0,
  state: "confirmed",
  backend: "wasm",
  n: 1000,
  created_at: "2026-06-20T12:00:00Z",
  created_by: "key:ada",
  report: report(auc(0.8, 0.77, 0.83)),
  ...of,
});
const inputs = (of: Partial<GateInputs> = {}): GateInputs => ({
  model: "flights",
  version: "2",
  champion: "1",
  nowMs: NOW,
  evidence: { challenger: [evidence("e2", "2")], champion: [evidence("e1", "1")] },
  paired: new Map(),
  run: {
    run_id: "r1",
    metrics: [
      { key: "auc", value: 0.81 },
      { key: "bad", value: Number.NaN },
    ],
  },
  card: { revision: 0, card: null },
  drift: { report: null, why: "no predictions" },
  quality: { report: null, why: "no predictions" },
  performance: { report: null, why: "no predictions" },
  ...of,
});
const judge = (gate: object, of: Partial<GateInputs> = {}) => judgeGates([Gate.parse(gate)], inputs(of))[0]!;
const challenger = (...list: ListedEvidence[]) => ({
  evidence: { challenger: list, champion: [evidence("e1", "1")] },
});
const pairedOf = (metrics: PairedMetrics, choice: { feature: string; value: string }[] | null = null) =>
  [pairKey({ challenger: "e2", champion: "e1", slice: choice }), metrics] as const;
const pair = (difference: number, low: number, high: number): PairedMetrics => ({
  metrics: {
    auc: {
      champion: 0.8,
      challenger: 0.8 + difference,
      difference: { value: difference, low, high },
      better: "higher",
      n: 1000,
    },
  },
});

describe("a threshold", () => {
  const gate = { kind: "metric", metric: "auc", at_least: 0.78 };

  test("passes on confirmed evidence, by its value or by the worse end of its interval", () => {
    expect(judge(gate)).toMatchObject({ passed: true, value: 0.8, interval: [0.77, 0.83] });
    expect(judge({ ...gate, judge_by: "interval" })).toMatchObject({ passed: false });
    expect(judge({ ...gate, at_least: 0.77, judge_by: "interval" })).toMatchObject({ passed: true });
    expect(judge({ ...gate, at_least: null, at_most: 0.8 })).toMatchObject({ passed: true });
    expect(judge({ ...gate, at_least: 0.5, at_most: 0.79 })).toMatchObject({ passed: false });
  });

  test.each([
    ["no evaluation", challenger(), /has no evaluation/],
    [
      "one on another set",
      challenger(evidence("x", "2", { dataset: OTHER_SET })),
      /has no evaluation on the dataset/,
    ],
    ["unconfirmed", challenger(evidence("x", "2", { state: "unconfirmed" })), /not confirmed yet/],
    ["contradicted", challenger(evidence("x", "2", { state: "contradicted" })), /contradicted/],
    ["not repeatable", challenger(evidence("x", "2", { state: "failed" })), /could not repeat/],
    [
      "of other files",
      challenger(evidence("x", "2", { belongs: false })),
      /other files than those registered/,
    ],
    [
      "by another label",
      challenger(evidence("x", "2", { by_its_label: false })),
      /is by another column than the one the dataset is registered with/,
    ],
    [
      "with rows left out",
      challenger(evidence("x", "2", { n_missing_prediction: 3 })),
      /leaves 3 rows without a prediction/,
    ],
    ["without the metric", challenger(evidence("x", "2", { report: report({}) })), /has no metric auc/],
    [
      "with nothing measured",
      challenger(evidence("x", "2", { report: report(auc(null)) })),
      /could not be measured/,
    ],
  ])("fails on evidence that is missing: %s", (_, of, why) => {
    expect(judge({ ...gate, dataset: SET }, of)).toMatchObject({
      passed: false,
      value: null,
      why: expect.stringMatching(why),
    });
  });

  test("without evidence the way leads to where it is made, on the dataset that is asked for", () => {
    expect(judge({ ...gate, dataset: SET }, challenger()).source).toEqual({
      label: "evaluate version 2",
      href: expect.stringMatching(new RegExp(`^/models/[^/]+/2/evaluate\\?source=registry&dataset=${SET}$`)),
    });
  });

  test("an interval that is not known fails where it is judged by", () => {
    const of = challenger(evidence("x", "2", { report: report(auc(0.9)) }));
    expect(judge(gate, of)).toMatchObject({ passed: true });
    expect(judge({ ...gate, judge_by: "interval" }, of)).toMatchObject({ passed: false });
  });

  test("a contradicted evaluation hides no older one that is confirmed", () => {
    const of = challenger(evidence("forged", "2", { state: "contradicted" }), evidence("good", "2"));
    expect(judge(gate, of)).toMatchObject({
      passed: true,
      source: { label: expect.stringContaining("good") },
    });
  });

  test("on a slice; a slice that is missing fails", () => {
    const of = challenger(
      evidence("x", "2", {
        report: report(auc(0.8), [slice("AA", 300, auc(0.7)), slice("UA", 50, auc(0.9))]),
      }),
    );
    const on = (value: string) => ({ ...gate, slice: [{ feature: "carrier", value }] });
    expect(judge(on("UA"), of)).toMatchObject({ passed: true, value: 0.9 });
    expect(judge(on("AA"), of)).toMatchObject({ passed: false, value: 0.7 });
    expect(judge(on("DL"), of)).toMatchObject({
      passed: false,
      value: null,
      why: "the evidence has no slice carrier = DL: evaluate with it among the slices",
    });
  });

  test("on each value of a feature, the worst first, small ones left out and said", () => {
    const of = challenger(
      evidence("x", "2", {
        report: report(auc(0.8), [
          slice("UA", 400, auc(0.82)),
          slice("AA", 300, auc(0.7)),
          slice("HP", 9, auc(0.2)),
          slice("DL", 200, auc(null)),
        ]),
      }),
    );
    const judged = judge({ ...gate, each: "carrier", minimum_n: 100 }, of);
    expect(judged).toMatchObject({ passed: false });
    expect(judged.slices.map(({ slice: name, passed }) => [name, passed])).toEqual([
      ["carrier = DL", false],
      ["carrier = AA", false],
      ["carrier = UA", true],
      ["carrier = HP", null],
    ]);
    expect(judged.why).toContain("2 of 3 slices fail");
    expect(judged.why).toContain("1 with fewer than 100 rows left out");
    expect(judge({ ...gate, each: "origin" }, of)).toMatchObject({
      passed: false,
      why: expect.stringContaining("no slices by origin"),
    });
    expect(judge({ ...gate, each: "carrier", minimum_n: 1000 }, of)).toMatchObject({ passed: false });
  });

  test("on each value of a feature only where the evidence looked at slices as small as it asks for", () => {
    const looked = (minimum_n: number): Partial<GateInputs> =>
      challenger(
        evidence("x", "2", {
          report: {
            ...report(auc(0.8), [slice("UA", 600, auc(0.82))]),
            slice_search: {
              of: "error_rate",
              features: ["carrier"],
              left_out: [],
              depth: 1,
              minimum_n,
              searched: 1,
              too_small: 3,
              listed: 1,
            },
          },
        }),
      );
    const each = { ...gate, each: "carrier" };
    expect(judge(each, looked(100))).toMatchObject({
      passed: true,
      why: expect.stringContaining("; 400 rows of rarer values in none of them"),
    });
    expect(judge(each, looked(500))).toMatchObject({
      passed: false,
      why: expect.stringContaining(
        "the evidence looked at slices of 500 rows or more, the gate asks for those of 100",
      ),
    });
    expect(judge({ ...each, minimum_n: 500 }, looked(500))).toMatchObject({ passed: true });
  });

  test("on each value of a feature only where all of them are looked at", () => {
    const values = Array.from({ length: 30 }, (_, i) => slice(`state ${i}`, 30, auc(0.9)));
    const judged = judge(
      { ...gate, each: "carrier", minimum_n: 10 },
      challenger(evidence("x", "2", { report: report(auc(0.8), values) })),
    );
    expect(judged).toMatchObject({
      passed: false,
      why: expect.stringContaining(
        "more than the 30 values that are looked at, and 100 rows have one of the others",
      ),
    });
  });

  test("on the run's metric; one that is missing or not finite fails", () => {
    const run = (metric: string) => ({ ...gate, metric, source: "run" });
    expect(judge(run("auc"))).toMatchObject({ passed: true, value: 0.81 });
    expect(judge(run("f1"))).toMatchObject({ passed: false, value: null });
    expect(judge(run("bad"))).toMatchObject({ passed: false, value: null });
    expect(judge(run("auc"), { run: null })).toMatchObject({ passed: false });
  });

  test("none at all is no gate", () => {
    expect(Gate.safeParse({ kind: "metric", metric: "auc" }).success).toBe(false);
    expect(Gate.safeParse({ kind: "champion", metric: "auc" }).success).toBe(false);
    expect(Gate.safeParse({ kind: "quality" }).success).toBe(false);
    expect(
      Gate.safeParse({ kind: "metric", metric: "auc", at_least: 1, source: "run", each: "carrier" }).success,
    ).toBe(false);
  });
});

describe("against the champion", () => {
  const gate = { kind: "champion", metric: "auc", absolute: 0.01 };
  const paired = (difference: number, low: number, high: number) => ({
    paired: new Map([pairedOf(pair(difference, low, high))]),
  });

  test("may be worse by the margin, by the difference or by the worse end of its interval", () => {
    expect(judge(gate, paired(-0.005, -0.012, 0.002))).toMatchObject({
      passed: true,
      value: -0.005,
      interval: [-0.012, 0.002],
    });
    expect(judge({ ...gate, judge_by: "interval" }, paired(-0.005, -0.012, 0.002))).toMatchObject({
      passed: false,
    });
    expect(judge(gate, paired(-0.011, -0.02, 0))).toMatchObject({ passed: false });
  });

  test("has to be better by a margin below nothing", () => {
    expect(judge({ ...gate, absolute: -0.02 }, paired(0.01, 0, 0.02))).toMatchObject({
      passed: false,
      threshold: "at least 0.020 better",
    });
    expect(judge({ ...gate, absolute: -0.02 }, paired(0.03, 0, 0.02))).toMatchObject({ passed: true });
  });

  test("a share is one of the champion's value, and the stricter of two margins counts", () => {
    // 2 % of 0.8 is 0.016
    const share = { kind: "champion", metric: "auc", relative: 0.02 };
    expect(judge(share, paired(-0.015, -0.1, 0.1))).toMatchObject({ passed: true });
    expect(judge(share, paired(-0.017, -0.1, 0.1))).toMatchObject({ passed: false });
    expect(judge({ ...share, absolute: 0.01 }, paired(-0.015, -0.1, 0.1))).toMatchObject({ passed: false });
  });

  test("of an error less is better, unless the gate says otherwise", () => {
    const of = {
      paired: new Map([
        pairedOf({
          metrics: {
            rmse: {
              champion: 10,
              challenger: 10.5,
              difference: { value: 0.5, low: 0.1, high: 0.9 },
              better: "lower",
              n: 10,
            },
          },
        }),
      ]),
    };
    const rmse = { kind: "champion", metric: "rmse", absolute: 0.4 };
    expect(judge(rmse, of)).toMatchObject({ passed: false });
    expect(judge({ ...rmse, absolute: 0.6 }, of)).toMatchObject({ passed: true });
    expect(judge({ ...rmse, direction: "higher", absolute: 0 }, of)).toMatchObject({ passed: true });
  });

  test("what is missing on either side fails; a target that holds nothing has nobody to be worse than", () => {
    const none = { evidence: { challenger: [evidence("e2", "2")], champion: [] } };
    expect(judge(gate, none)).toMatchObject({
      passed: false,
      why: expect.stringContaining("version 1 has no"),
    });
    const apart = {
      evidence: {
        challenger: [evidence("e2", "2", { dataset: OTHER_SET })],
        champion: [evidence("e1", "1")],
      },
    };
    expect(judge(gate, apart)).toMatchObject({
      passed: false,
      why: expect.stringContaining("evaluate both on the same"),
    });
    expect(judge(gate)).toMatchObject({ passed: false, why: expect.stringContaining("were not compared") });
    expect(judge({ ...gate, metric: "ece" }, paired(0, 0, 0))).toMatchObject({
      passed: false,
      why: expect.stringContaining("ece is not compared in pairs; compared are auc"),
    });
    expect(judge(gate, { champion: null })).toMatchObject({ passed: true, value: null });
  });

  test("on each slice, in pairs of its own rows", () => {
    const of = {
      evidence: {
        challenger: [
          evidence("e2", "2", {
            report: report(auc(0.8), [slice("AA", 300, auc(0.7)), slice("UA", 200, auc(0.9))]),
          }),
        ],
        champion: [evidence("e1", "1")],
      },
      paired: new Map([
        pairedOf(pair(0.02, 0, 0.04), [{ feature: "carrier", value: "AA" }]),
        pairedOf(pair(-0.05, -0.08, -0.02), [{ feature: "carrier", value: "UA" }]),
      ]),
    };
    const each = Gate.parse({ ...gate, each: "carrier" });
    expect(wantedPairs([each], inputs(of)).map(({ slice: choice }) => choice![0]!.value)).toEqual([
      "AA",
      "UA",
    ]);
    const judged = judge(each, of);
    expect(judged).toMatchObject({ passed: false, value: -0.05 });
    expect(judged.slices[0]).toMatchObject({ slice: "carrier = UA", passed: false });
  });
});

describe("evidence", () => {
  const gate = { kind: "evidence", max_age_days: 9 };
  test("may not be older than it says, and expires then", () => {
    expect(judge(gate)).toMatchObject({ passed: false, value: 10 });
    expect(judge({ ...gate, max_age_days: 10 })).toMatchObject({ passed: true });
    expect(judge({ kind: "evidence" })).toMatchObject({ passed: true, threshold: "there is some" });
    expect(expiryOf([Gate.parse({ ...gate, max_age_days: 30 })], inputs())).toBe(
      Date.parse("2026-07-20T12:00:00Z"),
    );
  });

  test("is frozen of both sides, each once", () => {
    const gates = [
      { kind: "champion", metric: "auc", absolute: 0 },
      { kind: "metric", metric: "auc", at_least: 0.5 },
    ].map((each) => Gate.parse(each));
    expect(usedEvidence(gates, inputs()).map(({ evaluation_id }) => evaluation_id)).toEqual(["e2", "e1"]);
  });
});

test("a feature that could not be tested for drift fails the gate", () => {
  const feature = (name: string, state: "ok" | "not_computable") => ({
    name,
    state,
    reason: state === "ok" ? null : "all 1,000 rows of the window lack a value",
    alpha: 0.05,
    effect_floor: 0.1,
    drift_detected: state === "ok" ? false : null,
  });
  const drift = (...features: ReturnType<typeof feature>[]) =>
    judge(
      { kind: "drift", max_share: 0.1 },
      {
        drift: {
          report: {
            window: { n: 1000, from: "2026-06-01T00:00:00Z", to: "2026-06-08T00:00:00Z" },
            drifted_share: 0,
            tested: features.filter(({ state }) => state === "ok").length,
            features,
          } as unknown as DriftReport,
        },
      },
    );
  expect(drift(feature("a", "ok"))).toMatchObject({
    passed: true,
    why: "none of 1 feature moved; moved means q < 0.05 and an effect of 0.1 or more",
  });
  expect(drift(feature("a", "ok"), { ...feature("c", "ok"), effect_floor: 0.9 }).why).toBe(
    "none of 2 features moved; what counts as moved is set feature by feature",
  );
  expect(drift(feature("a", "ok"), feature("b", "not_computable"))).toMatchObject({
    passed: false,
    why: "none of 1 feature moved; moved means q < 0.05 and an effect of 0.1 or more; b could not be tested: all 1,000 rows of the window lack a value",
  });
});

test("reports that are not there fail their gates", () => {
  for (const gate of [
    { kind: "drift" },
    { kind: "quality", max_missing: 0.1 },
    { kind: "coverage", at_least: 0.5 },
    { kind: "card" },
    { kind: "metric", metric: "auc", at_least: 0, source: "live" },
    { kind: "metric", metric: "auc", at_least: 0, source: "card" },
  ]) {
    expect(judge(gate), JSON.stringify(gate)).toMatchObject({ passed: false });
  }
});
