import { expect, test } from "vitest";
import { runOf } from "./compare.fixture";
import { dimensionsOf } from "./dimensions";
import { ofCompleteTrials, prepareStudy } from "./study";

const tags = (number: number, state: string) =>
  Object.entries({ number: String(number), state, direction: "MAXIMIZE" }).map(([key, value]) => ({
    key,
    value,
  }));

const trial = (number: number, state: string, loss: number | null) =>
  runOf(String(number), { x: String(number) }, loss === null ? {} : { loss }, { tags: tags(number, state) });

const runs = [
  trial(0, "COMPLETE", 1),
  trial(1, "PRUNED", 9),
  trial(2, "COMPLETE", 3),
  trial(3, "FAIL", null),
  trial(4, "COMPLETE", 2),
];
const loss = dimensionsOf(runs).find(({ id }) => id === "metrics.loss")!;

test("a pruned trial is not the best one, whatever it reported last", () => {
  const study = prepareStudy(runs, loss, null);
  expect(study.best).toMatchObject({ number: 2, value: 3 });
  expect(study.history.map(({ number, best }) => [number, best])).toEqual([
    [0, 1],
    [2, 3],
    [4, 3],
  ]);
  expect(study.states).toEqual([
    { state: "complete", trials: 3 },
    { state: "pruned", trials: 1 },
    { state: "fail", trials: 1 },
  ]);
});

test("the direction that Optuna noted weighs more than the metric's name", () => {
  expect(prepareStudy(runs, loss, null)).toMatchObject({ goal: "max", goalFrom: "tag" });
  expect(prepareStudy(runs, loss, "min")).toMatchObject({ best: { number: 0 }, goalFrom: "chosen" });
});

test("what was logged without Optuna counts as it is", () => {
  const plain = [runOf("a", {}, { loss: 2 }), runOf("b", {}, { loss: 1 }, { status: "FAILED" })];
  const metric = dimensionsOf(plain)[0]!;
  expect(ofCompleteTrials(plain, metric)).toBe(metric);
  expect(prepareStudy(plain, metric, null).best).toMatchObject({ name: "b", value: 1 });
});
