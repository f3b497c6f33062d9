import { CREDIT, SEATS } from "./seed";
import { expect, test } from "./test";

const CLASSIFIER = `/models/${CREDIT.model}/${CREDIT.version}/performance`;
const REGRESSOR = `/models/${SEATS.model}/${SEATS.version}/performance`;

type Report = {
  metrics: Record<string, number>;
  baseline: { metrics: Record<string, number> };
  concept_drift: { message: string };
};

test("each metric stands beside its baseline, and is the one of the API", async ({ page, api }) => {
  const report = await api.get<Report>(
    `/api/v1/models/${CREDIT.model}/versions/${CREDIT.version}/performance?bucket=day`,
  );
  await page.goto(CLASSIFIER);
  const table = page.getByRole("region", { name: "Metrics against the baseline" });
  for (const [label, name] of [
    ["AUC", "auc"],
    ["Accuracy", "accuracy"],
    ["Log loss", "log_loss"],
  ] as const) {
    const row = table.getByRole("row").filter({ has: page.getByRole("cell", { name: label, exact: true }) });
    await expect(row.getByRole("cell").nth(1)).toContainText(report.metrics[name]!.toFixed(3));
    await expect(row.getByRole("cell").nth(2)).toHaveText(report.baseline.metrics[name]!.toFixed(3));
  }
  await expect(page.locator("p.verdict")).toContainText(/^AUC (rose|fell) from 0\.\d+ to 0\.\d+/);
  await expect(page.getByText("against a baseline of 4,000 rows")).toBeVisible();
});

test("the last two days, whose labels are not in, are announced and not called a drop", async ({ page }) => {
  await page.goto(CLASSIFIER);
  await expect(page.locator("p.verdict")).toContainText(
    /only 86\s% of the labels are in, so this can change/,
  );
  await expect(page.getByText("labels still coming in for 2 days")).toBeVisible();
  await expect(page.getByText("labels not in yet (2 days)")).toBeVisible();

  await page.goto(`${CLASSIFIER}?from=2026-03-13T00:00:00Z&to=2026-03-15T00:00:00Z`);
  await expect(page.locator("p.verdict")).toContainText("No labels are in for this window");
});

test("concept drift is told in words, with what is still missing for it", async ({ page, api }) => {
  const { concept_drift } = await api.get<Report>(
    `/api/v1/models/${CREDIT.model}/versions/${CREDIT.version}/performance?bucket=day`,
  );
  await page.goto(CLASSIFIER);
  await expect(page.getByRole("heading", { name: "Concept drift" })).toBeVisible();
  await expect(page.getByText("collecting data", { exact: true })).toBeVisible();
  await expect(page.getByText(concept_drift.message)).toBeVisible();
  expect(concept_drift.message).toContain("34 of 100 chunks of 100 labelled predictions");
});

test("a regression model is measured by RMSE, MAE and R²", async ({ page, api }) => {
  const { metrics } = await api.get<Report>(
    `/api/v1/models/${SEATS.model}/versions/${SEATS.version}/performance?bucket=day`,
  );
  // The labels are the predictions plus noise of deviation 15.
  expect(metrics.rmse).toBeGreaterThan(13);
  expect(metrics.rmse).toBeLessThan(17);
  await page.goto(REGRESSOR);
  await expect(page.locator("p.verdict")).toContainText(`RMSE is ${metrics.rmse!.toFixed(2)}`);
  const table = page.getByRole("region", { name: "Metrics against the baseline" });
  await expect(table.getByRole("row", { name: /^RMSE/ })).toContainText(metrics.rmse!.toFixed(2));
  await expect(table.getByRole("row", { name: /^MAE/ })).toContainText(metrics.mae!.toFixed(2));
  await expect(table.getByRole("row", { name: /^R²/ })).toContainText(metrics.r2!.toFixed(3));
});

test("the window and the segment go along from drift to performance", async ({ page }) => {
  await page.goto(
    `/models/${CREDIT.model}/${CREDIT.version}/drift?from=2026-03-01T00:00:00Z&to=2026-03-11T00:00:00Z&segment=channel:web`,
  );
  await page.getByRole("navigation", { name: "Version" }).getByRole("link", { name: "Performance" }).click();
  await expect(page.getByRole("button", { name: "window 1 to 10 Mar 2026" })).toBeVisible();
  await expect(page.getByRole("button", { name: "segment channel:web" })).toBeVisible();
  await expect(page.getByText(/^[\d,]+ predictions · all labelled/)).toBeVisible();
});
