import { CREDIT } from "./seed";
import { expect, test } from "./test";

const QUALITY = `/models/${CREDIT.model}/${CREDIT.version}/quality`;

test("what is missing more often, and categories that are new, are said first and in words", async ({
  page,
}) => {
  await page.goto(QUALITY);
  const verdict = page.locator("p.verdict");
  await expect(verdict).toContainText(/balance lacks [\d.]+\s% of its values, [\d.]+\s% in the baseline/);
  await expect(verdict).toContainText("region has categories the baseline lacks");

  const rows = page.getByRole("region", { name: "Data quality per column" }).getByRole("row");
  const balance = rows.filter({ has: page.getByRole("link", { name: "balance" }) });
  await expect(balance).toContainText(/rows lack a value, 1\.\d+\s% in the (reference|baseline)/);
  const region = rows.filter({ has: page.getByRole("link", { name: "region" }) });
  await expect(region).toContainText("Açores");
  // The first row is the header; the two with something to look at come before the quiet ones.
  await expect(rows.nth(1).or(rows.nth(2)).filter({ hasText: "balance" })).toHaveCount(1);
  await expect(rows.nth(1).or(rows.nth(2)).filter({ hasText: "Açores" })).toHaveCount(1);
});

test("the ten days before the change are as in the baseline", async ({ page }) => {
  await page.goto(`${QUALITY}?from=2026-03-01T00:00:00Z&to=2026-03-11T00:00:00Z`);
  await expect(page.getByRole("button", { name: "window 1 to 10 Mar 2026" })).toBeVisible();
  await expect(page.getByRole("region", { name: "Data quality per column" })).toBeVisible();
  await expect(page.locator("p.verdict")).not.toContainText("balance");
  await expect(page.getByText("Açores")).toHaveCount(0);
});

test("failed predictions are counted, and a column leads to its drift", async ({ page, api }) => {
  const report = await api.get<{ n: number; errors: number }>(
    `/api/v1/models/${CREDIT.model}/versions/${CREDIT.version}/quality`,
  );
  expect(report.errors).toBe(42);
  await page.goto(QUALITY);
  await expect(page.getByText("4,032 predictions").first()).toBeVisible();
  await expect(page.getByText(/\b42\b.*failed/).first()).toBeVisible();
  await page.getByRole("link", { name: "balance" }).click();
  await expect(page).toHaveURL(/\/drift\?feature=balance/);
  await expect(page.getByRole("region", { name: "Evidence for balance" })).toBeVisible();
});
