import type { Page } from "@playwright/test";
import { CREDIT, SEATS, seedCredit, seedSeats } from "./seed";
import { expect, test } from "./test";

const verdictOf = (page: Page) => page.locator("p.verdict");
const openTab = (page: Page, name: string) =>
  page.getByRole("navigation", { name: "Version" }).getByRole("link", { name }).click();
/** The audit log's line about a model, whoever else writes meanwhile. */
const auditOf = (page: Page, model: string, action: string) =>
  page
    .getByRole("region", { name: "Audit log" })
    .getByRole("row")
    .filter({ hasText: model })
    .filter({ hasText: action });

test("a corrected unit and threshold show on the drift page and in the audit log", async ({
  page,
  api,
  ownName,
}) => {
  const model = ownName("credit");
  await seedCredit(api.post, model);
  const version = `/models/${model}/${CREDIT.version}`;
  await page.goto(`${version}/drift`);
  await expect(verdictOf(page)).toContainText("income moved");

  await openTab(page, "Settings");
  await page.getByLabel("Unit of income").fill("EUR");
  await page.getByLabel("Floor of income").fill("0.4");
  await page.getByRole("button", { name: "Save", exact: true }).first().click();
  await expect(page.getByText("income is saved.")).toBeVisible();

  await openTab(page, "Drift");
  await expect(verdictOf(page)).toContainText("None of the 5 features tested moved.");
  await expect(verdictOf(page)).toContainText("within the floor of 0.4");
  await expect(page.getByRole("region", { name: "Evidence for income" })).toContainText("EUR");

  await page.goto("/audit");
  const corrected = auditOf(page, model, "version.correct");
  await expect(corrected.first()).toContainText("admin@example.org");
  await expect(corrected.filter({ hasText: "EUR" })).toHaveCount(1);
  await expect(corrected.filter({ hasText: "0.4" })).toHaveCount(1);
});

test("a threshold out of range is refused in words before it is sent", async ({ page }) => {
  await page.goto(`/models/${CREDIT.model}/${CREDIT.version}/settings`);
  await page.getByLabel("Effect floor").fill("7");
  await expect(page.getByText("It is from 0 to 1.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Save the thresholds" })).toBeDisabled();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByLabel("Effect floor")).toHaveValue("0.1");
});

test("two days frozen as baseline make the drift page of a model work", async ({ page, api, ownName }) => {
  const model = ownName("seats");
  await seedSeats(api.post, model);
  const version = `/models/${model}/${SEATS.version}`;
  await page.goto(`${version}/drift`);
  await expect(verdictOf(page)).toContainText("Nothing was tested");
  await page.getByRole("link", { name: "Make a baseline in the settings" }).click();

  await page.getByRole("tab", { name: "Freeze a logged window" }).click();
  await page.getByLabel("First day (UTC)").fill("2026-03-01");
  await page.getByLabel("Last day, included").fill("2026-03-02");
  await page.getByRole("button", { name: "Freeze 1 to 2 Mar 2026" }).click();
  await expect(page.getByText("The baseline is set: 240 rows, 2 features, all labelled.")).toBeVisible();

  await openTab(page, "Drift");
  await expect(verdictOf(page)).toContainText("None of the 2 features tested moved.");
  await expect(page.getByRole("region", { name: /^Evidence for/ })).toContainText("n = 240");

  await page.goto("/audit");
  await expect(auditOf(page, model, "baseline.put")).toContainText("admin@example.org");
});

test("a file that cannot be a baseline is refused in words, and the baseline stays", async ({
  page,
  api,
  complaints,
  ownName,
}) => {
  complaints.expect(/status of 400/);
  const model = ownName("seats");
  await seedSeats(api.post, model);
  await page.goto(`/models/${model}/${SEATS.version}/settings`);
  await page.getByRole("tab", { name: "From a file" }).click();
  const choose = page.locator("input[type=file]");
  const refusal = page.getByRole("alert").filter({ hasText: "The baseline was not set" });
  const file = (name: string, text: string) => ({ name, mimeType: "text/csv", buffer: Buffer.from(text) });

  await choose.setInputFiles(file("prices.xlsx", "not a table"));
  await expect(page.getByText("prices.xlsx ends in none of .csv, .ndjson, .jsonl, .parquet")).toBeVisible();
  await expect(page.getByRole("button", { name: "Set the baseline" })).toBeDisabled();

  await choose.setInputFiles(file("other.csv", "height,colour\n3,red\n"));
  await page.getByRole("button", { name: "Set the baseline" }).click();
  await expect(refusal).toContainText(`none of the file's columns ("height", "colour")`);

  await choose.setInputFiles(file("words.csv", "price,weekday\nfar,Mo\n"));
  await page.getByRole("button", { name: "Set the baseline" }).click();
  await expect(refusal).toContainText('expected a number, got "far"');
  await expect(page.getByText("None yet: drift has nothing to be measured against.")).toBeVisible();

  const rows = Array.from({ length: 50 }, (_, i) => `${40 + i},${i % 2 ? "Mo" : "Tu"}`);
  await choose.setInputFiles(file("prices.csv", `price,weekday\n${rows.join("\n")}\nfar,Mo\n`));
  await page.getByRole("button", { name: "Set the baseline" }).click();
  await expect(page.getByText("The baseline is set: 50 rows")).toContainText("1 row was rejected");
  await expect(page.getByRole("region", { name: "Rejected rows" })).toContainText('got "far"');
});
