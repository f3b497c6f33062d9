import { isAccessible } from "./accessible";
import { type Logger, mlflow } from "./seed-runs";
import { expect, test } from "./test";

const TRIALS = 24;

/** A study as Optuna's callback for MLflow writes it: trial 5 pruned, trial 6 failed, trial 16 the best. */
async function logStudy(log: Logger, name: string): Promise<string> {
  const experiment = await log.experiment(name);
  for (let number = 0; number < TRIALS; number++) {
    const x = -10 + ((number * 7) % 20);
    const booster = number % 2 ? "dart" : "gbtree";
    const state = number === 5 ? "PRUNED" : number === 6 ? "FAIL" : "COMPLETE";
    const run = await log.run(experiment, String(number), {
      start: 1_700_000_000_000 + number * 1000,
      tags: {
        number: String(number),
        state,
        direction: "MINIMIZE",
        datetime_start: "2026-03-01 09:00:00",
        x_distribution: "FloatDistribution(high=10.0, log=False, low=-10.0, step=None)",
      },
    });
    await log.log(run, {
      params: [
        { key: "x", value: String(x) },
        { key: "depth", value: String(2 + (number % 5)) },
        { key: "booster", value: booster },
      ],
      metrics:
        state === "COMPLETE"
          ? [{ key: "score", value: (x - 2) ** 2 + (number % 5), step: 0, timestamp: 1_700_000_000_000 }]
          : [],
    });
    await log.end(run, state === "FAIL" ? "FAILED" : "FINISHED", 1_700_000_001_000 + number * 1000);
  }
  return experiment;
}

test("a study of Optuna shows as such: history, best trial, states, slices, contour", async ({
  page,
  api,
  ownName,
}) => {
  const experiment = await logStudy(mlflow(api.post), ownName("optuna"));
  await page.goto(`/experiments/${experiment}`);
  await page.getByRole("link", { name: "Optuna study" }).click();
  // "score" alone would be maximised; Optuna noted the direction.
  await expect(page.getByRole("combobox", { name: "Goal" })).toHaveValue("min");
  await expect(page.getByText("its direction as Optuna noted it")).toBeVisible();
  await expect(
    page.getByRole("img", { name: /^score of 22 trials, the best so far ending at/ }),
  ).toBeVisible();
  await expect(page.getByText("trial 16", { exact: true })).toBeVisible();
  await expect(page.getByRole("region", { name: "Params of the best trial" })).toContainText("gbtree");
  await expect(page.getByRole("listitem").filter({ hasText: /^complete 22$/ })).toBeVisible();
  await expect(page.getByRole("listitem").filter({ hasText: /^pruned 1$/ })).toBeVisible();
  await expect(page.getByRole("img", { name: "score over booster: 22 runs" })).toBeVisible();
  await isAccessible(page);

  await page.getByRole("combobox", { name: "Goal" }).selectOption("max");
  await expect(page.getByText("goal chosen here")).toBeVisible();
  await expect(page).toHaveURL(/goal=max/);
  await expect(page.getByText("trial 16", { exact: true })).toHaveCount(0);

  await page.getByRole("tab", { name: "Contour" }).click();
  await page.getByRole("combobox", { name: "Horizontally" }).selectOption("params.x");
  await page.getByRole("combobox", { name: "Vertically" }).selectOption("params.depth");
  await expect(page.getByRole("img", { name: "score over x and depth: 22 runs" })).toBeVisible();
  await expect(page.getByText("Where no run is near, nothing is drawn")).toBeVisible();
  await isAccessible(page);
});

test("runs under a parent are a sweep of their own", async ({ page, api, ownName }) => {
  const log = mlflow(api.post);
  const experiment = await log.experiment(ownName("nested"));
  const parent = await log.run(experiment, "the sweep");
  for (const [index, rate] of [0.001, 0.01, 0.1].entries()) {
    const run = await log.run(experiment, `rate ${rate}`, {
      start: 1_700_000_000_000 + index,
      tags: { "mlflow.parentRunId": parent },
    });
    await log.log(run, {
      params: [{ key: "rate", value: String(rate) }],
      metrics: [
        { key: "train_loss", value: 1 - index / 10, step: 0, timestamp: 1 },
        { key: "val_loss", value: [0.5, 0.3, 0.4][index]!, step: 0, timestamp: 1 },
      ],
    });
  }
  await page.goto(`/runs/${parent}`);
  await page.getByRole("link", { name: "study" }).click();
  await expect(page.getByText("3 runs")).toBeVisible();
  await expect(page.getByRole("link", { name: "the sweep" })).toBeVisible();
  // The metric of held-out data, and less of a loss is better.
  await expect(page.getByRole("combobox", { name: "Value" })).toHaveValue("metrics.val_loss");
  await expect(page.getByText("trial 1", { exact: true })).toBeVisible();
  await expect(page.getByRole("heading", { name: "rate", exact: true })).toBeVisible();
});

test("more runs than there can be lines are compared as bands", async ({ page, api, ownName }) => {
  const log = mlflow(api.post);
  const experiment = await log.experiment(ownName("many"));
  for (let i = 0; i < 130; i++) {
    const run = await log.run(experiment, `run-${i}`, { start: 1_700_000_000_000 + i });
    await log.log(run, {
      params: [{ key: "kind", value: i % 2 ? "odd" : "even" }],
      metrics: [0, 1, 2].map((step) => ({
        key: "loss",
        value: 1 / (1 + step) + (i % 2) + (i % 7) / 50,
        step,
        timestamp: step,
      })),
    });
  }
  await page.goto(`/experiments/${experiment}`);
  await page.getByRole("link", { name: "compare all 130" }).click();
  await expect(page).not.toHaveURL(/runs=/);
  await expect(page.getByText("130 runs", { exact: true }).first()).toBeVisible();
  await expect(page.getByRole("img", { name: "loss by step: 1 group" })).toBeVisible();
  await page.getByRole("combobox", { name: "Group by" }).selectOption("params.kind");
  await expect(page.getByRole("img", { name: "loss by step: 2 groups" })).toBeVisible();
  await expect(page.getByRole("list", { name: "Groups" })).toContainText("kind odd65 runs");
  await page.getByRole("tab", { name: "Parallel coordinates" }).click();
  await expect(page.getByRole("img", { name: /^130 runs over kind, loss/ })).toBeVisible();
  await page.getByRole("combobox", { name: "Baseline run" }).selectOption({ label: "against run-7" });
  await page.getByRole("tab", { name: "Differences" }).click();
  await expect(page.getByText("The baseline and the newest others, 50 of 130 runs")).toBeVisible();
  await expect(
    page.getByRole("region", { name: "Differences" }).getByRole("columnheader", { name: "run-7 baseline" }),
  ).toBeVisible();
});
