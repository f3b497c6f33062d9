import { describe, expect, it } from "vitest";
import { expectFivePercent, normal, seeded } from "@/lib/stats/test-support";
import { compareOutcomes } from "./compare";
import { computeEvaluation } from "./compute";
import type { Outcomes } from "./input";
import { EvaluationComparison } from "./schema";

type Binary = Extract<Outcomes, { task: "binary" }>;
const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

/** Two models that see the same rows through noise of their own. */
function pair(n: number, seed: number, extra = 0): { champion: Binary; challenger: Binary } {
  const random = seeded(seed);
  const labels = Float64Array.from({ length: n }, () => (random() < 0.4 ? 1 : 0));
  const shared = labels.map((label) => 2 * label - 1 + normal(random));
  const model = (noise: number): Binary => ({
    task: "binary",
    classes: ["no", "yes"],
    positive: 1,
    labels,
    scores: shared.map((value) => sigmoid(value + noise * normal(random))),
  });
  return { champion: model(1 + extra), challenger: model(1) };
}

describe("compareOutcomes", () => {
  it("has the values of both evaluations, and their differences", async () => {
    const { champion, challenger } = pair(800, 1, 1.5);
    const found = compareOutcomes({ champion, challenger });
    const [own, other] = [await computeEvaluation(champion), await computeEvaluation(challenger)];
    expect(Object.keys(found.metrics)).toHaveLength(10);
    for (const [name, { champion: first, challenger: second, difference }] of Object.entries(found.metrics)) {
      expect(first, name).toBeCloseTo(own.metrics[name]!.value!, 10);
      expect(second, name).toBeCloseTo(other.metrics[name]!.value!, 10);
      expect(difference.value, name).toBeCloseTo(second! - first!, 10);
      expect(difference.low!, name).toBeLessThan(difference.value!);
      expect(difference.high!, name).toBeGreaterThan(difference.value!);
    }
    expect(found.metrics.auc!.p_value!).toBeLessThan(1e-6);
    const { both_right, only_champion, only_challenger, both_wrong } = found.disagreement!;
    expect(both_right + only_champion + only_challenger + both_wrong).toBe(800);
    expect(EvaluationComparison.parse(found)).toEqual(found);
  });

  it("fires for 5 % of pairs that are equally good, in every metric", () => {
    const runs = 800;
    const fired = new Map<string, number>();
    for (let run = 0; run < runs; run++) {
      for (const [name, { p_value }] of Object.entries(compareOutcomes(pair(400, 100 + run)).metrics)) {
        fired.set(name, (fired.get(name) ?? 0) + Number(p_value! < 0.05));
      }
    }
    for (const [name, count] of fired) {
      // McNemar's exact test is conservative
      if (name === "accuracy") expect(count / runs).toBeLessThan(0.06);
      else expectFivePercent(count / runs, runs, 0.01);
    }
  });

  it("finds no difference between a model and itself", () => {
    const { champion } = pair(200, 5);
    const { metrics, disagreement } = compareOutcomes({ champion, challenger: champion });
    for (const { difference, p_value } of Object.values(metrics)) {
      expect(difference.value).toBe(0);
      expect(p_value).toBe(1);
    }
    expect(disagreement).toMatchObject({ only_champion: 0, only_challenger: 0, p_exact: 1 });
  });

  it("takes the rows that both have, and puts the challenger's classes into the champion's order", () => {
    const { champion, challenger } = pair(300, 6);
    const whole = compareOutcomes({ champion, challenger });
    const turned: Outcomes = {
      ...challenger,
      classes: ["yes", "no"],
      positive: 0,
      labels: challenger.labels.map((label) => 1 - label),
    };
    expect(compareOutcomes({ champion, challenger: turned }).metrics).toEqual(whole.metrics);
    const scores = challenger.scores!.slice();
    scores.fill(Number.NaN, 0, 100);
    expect(compareOutcomes({ champion, challenger: { ...challenger, scores } }).n).toBe(200);
  });

  it("compares several classes whatever their order, and regressions", () => {
    const random = seeded(8);
    const labels = Float64Array.from({ length: 200 }, () => Math.floor(random() * 3));
    const scores = new Float64Array(600);
    labels.forEach((label, i) => {
      const raw = [0, 1, 2].map((k) => Math.exp(normal(random) + (k === label ? 1 : 0)));
      const sum = raw.reduce((all, value) => all + value);
      raw.forEach((value, k) => {
        scores[i * 3 + k] = value / sum;
      });
    });
    const champion: Outcomes = { task: "multiclass", classes: ["a", "b", "c"], labels, scores };
    const turned: Outcomes = {
      task: "multiclass",
      classes: ["c", "a", "b"],
      labels: labels.map((label) => (label + 1) % 3),
      scores: scores.map((_, i) => scores[i - (i % 3) + (((i % 3) + 2) % 3)]!),
    };
    const { metrics } = compareOutcomes({ champion, challenger: turned });
    expect(Object.keys(metrics)).toContain("macro_f1");
    for (const { difference } of Object.values(metrics)) expect(difference.value).toBeCloseTo(0, 12);

    const values = Float64Array.from({ length: 500 }, () => 3 * normal(random));
    const model = (noise: number): Outcomes => ({
      task: "regression",
      labels: values,
      predictions: values.map((value) => value + noise * normal(random)),
    });
    const found = compareOutcomes({ champion: model(1.5), challenger: model(1) });
    for (const name of ["rmse", "mae", "squared_error"])
      expect(found.metrics[name]!.difference.high!).toBeLessThan(0);
    expect(found.metrics.r2!.difference.low!).toBeGreaterThan(0);
    expect(found.disagreement).toBeUndefined();
  });

  it("refuses what is not of the same rows", () => {
    const { champion, challenger } = pair(50, 9);
    const shorter = {
      ...challenger,
      labels: challenger.labels.slice(1),
      scores: challenger.scores!.slice(1),
    };
    expect(() => compareOutcomes({ champion, challenger: shorter })).toThrow(
      /on 50 rows and the challenger on 49/,
    );
    const flipped = {
      ...challenger,
      labels: challenger.labels.map((label, i) => (i === 3 ? 1 - label : label)),
    };
    expect(() => compareOutcomes({ champion, challenger: flipped })).toThrow(/row 4 has another label/);
    expect(() =>
      compareOutcomes({ champion, challenger: { ...challenger, classes: ["no", "maybe"] } }),
    ).toThrow(/classes are no, yes/);
    expect(() => compareOutcomes({ champion, challenger: { ...challenger, positive: 0 } })).toThrow(
      /positive class/,
    );
  });
});
