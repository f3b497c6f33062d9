import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { mlflow, SWEEP } from "./seed-runs";
import { expect, test } from "./test";

const TABLE = "/experiments/1";
const table = (page: Page) => page.getByRole("region", { name: "Runs" });
const filter = (page: Page) => page.getByRole("combobox", { name: "Filter runs" });

test("from the list of experiments to the runs that a search finds, sorted, as CSV", async ({ page }) => {
  await page.goto("/experiments");
  await page.getByRole("link", { name: SWEEP.experiment }).click();
  await expect(table(page).getByRole("link", { name: "trial-29" })).toBeVisible();

  await filter(page).fill("metrics.val/auc > 0.8 AND (params.boo");
  await page.getByRole("option", { name: "params.booster" }).click();
  await expect(filter(page)).toHaveValue("metrics.val/auc > 0.8 AND (params.booster ");
  await filter(page).pressSequentially("= 'dart' OR tags.team = 'red')");
  await filter(page).press("Enter");
  await expect(page.getByText(/runs found/)).toBeVisible();
  await expect(page).toHaveURL(/q=metrics/);
  await expect(table(page).getByRole("link", { name: "trial-29" })).toHaveCount(0);

  const header = table(page).getByRole("columnheader", { name: /val\/auc/ });
  await header.getByRole("button").click();
  await expect(header).toHaveAttribute("aria-sort", "descending");
  await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
  const shown = await table(page).getByRole("link").allTextContents();
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "CSV" }).click();
  const lines = (await readFile(await (await download).path(), "utf8")).trim().split("\r\n");
  expect(lines.slice(1).map((line) => line.split(",")[1])).toEqual(shown);
});

test("a filter that cannot be read says where", async ({ page, complaints }) => {
  complaints.expect(/400/);
  await page.goto(TABLE);
  await filter(page).fill("metrics.val/auc > 0.8 AND colour.x = 'red'");
  await filter(page).press("Enter");
  await expect(page.getByRole("alert").filter({ hasText: "Invalid entity type 'colour'" })).toBeVisible();
  await expect(page.locator("mark")).toHaveText("colour.x = 'red'");
});

test("children stand under their parent, by keyboard too", async ({ page }) => {
  await page.goto(`${TABLE}?order=asc`);
  await expect(table(page).getByRole("link", { name: "fold-20" })).toHaveCount(0);
  await table(page).getByRole("link", { name: "trial-0" }).focus();
  await page.keyboard.press("ArrowRight");
  await expect(table(page).getByRole("link", { name: "fold-20" })).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await expect(table(page).locator("[data-index='1']")).toBeFocused();
});

test("columns are chosen, an extreme among them, and are there again without the address", async ({
  page,
}) => {
  await page.goto(TABLE);
  await page.getByRole("button", { name: "Columns" }).click();
  const box = page.getByRole("dialog", { name: "Columns" });
  await box.getByRole("button", { name: "none of the params" }).click();
  await box.getByLabel("Which value of val/loss").selectOption("best");
  await expect(table(page).getByRole("columnheader", { name: /best \(min\)\s*val\/loss/ })).toBeVisible();
  await expect(table(page).getByRole("columnheader", { name: /max_depth/ })).toHaveCount(0);
  await page.goto(TABLE);
  await expect(table(page).getByRole("columnheader", { name: /best \(min\)\s*val\/loss/ })).toBeVisible();
  await expect(page).toHaveURL(/val\/loss@best/);
});

test("only differences hides what all runs share; groups show means and open", async ({ page }) => {
  await page.goto(TABLE);
  await expect(table(page).getByRole("columnheader", { name: /seed/ })).toBeVisible();
  await page.getByRole("checkbox", { name: "only differences" }).check();
  await expect(table(page).getByRole("columnheader", { name: /seed/ })).toHaveCount(0);
  await page.getByRole("combobox", { name: "Group by" }).selectOption("params.learning_rate");
  await table(page)
    .getByRole("button", { name: /^0.01 7 runs/ })
    .click();
  await expect(table(page).getByRole("link", { name: "trial-3", exact: true })).toBeVisible();
});

test("a run that logs appears and moves without a reload", async ({ page, api, ownName }) => {
  const log = mlflow(api.post);
  const experiment = await log.experiment(ownName("live"));
  await page.goto(`/experiments/${experiment}`);
  await expect(page.getByText("mlflow.start_run()")).toBeVisible();
  const run = await log.run(experiment, "first");
  await log.log(run, { metrics: [{ key: "loss", value: 0.75, step: 1, timestamp: 1 }] });
  await expect(table(page).getByRole("link", { name: "first" })).toBeVisible();
  await expect(table(page).getByRole("cell", { name: "0.75" })).toBeVisible();
  await log.log(run, { metrics: [{ key: "loss", value: 0.5, step: 2, timestamp: 2 }] });
  await expect(table(page).getByRole("cell", { name: "0.5" })).toBeVisible();
});

test("what is picked is compared: curves, differences against a baseline, a link that opens the same view", async ({
  page,
}) => {
  await page.goto(`${TABLE}?order=asc`);
  for (const name of ["trial-0", "trial-1", "trial-3"]) {
    await table(page)
      .getByRole("checkbox", { name: `Compare ${name}`, exact: true })
      .check();
  }
  await page.getByRole("link", { name: "Compare" }).click();
  await expect(page.getByRole("img", { name: /^train\/loss by step: 3 runs/ })).toBeVisible();
  await page.getByRole("combobox", { name: "Baseline run" }).selectOption({ label: "against trial-0" });
  await page.getByRole("tab", { name: "Differences" }).click();
  const differences = page.getByRole("region", { name: "Differences" });
  await expect(differences.getByRole("cell", { name: /\+\d+ %/ }).first()).toBeVisible();
  await expect(differences.getByText("seed")).toHaveCount(0);
  const address = page.url();
  await page.goto("/models");
  await page.goto(address);
  await expect(page.getByRole("tab", { name: "Differences" })).toHaveAttribute("aria-selected", "true");
  await page.getByRole("checkbox", { name: "only differences" }).uncheck();
  await expect(differences.getByText("seed")).toBeVisible();
});

test("an artifact that is a page of HTML is shown as text and does not run", async ({ page, api }) => {
  const { runs } = await api.get<{ runs: { run_id: string }[] }>(
    "/api/v1/experiments/1/runs?order=asc&limit=1",
  );
  const run = runs[0]!.run_id;
  await page.goto(`/runs/${run}?tab=files`);
  await page.getByRole("button", { name: /evil.html/ }).click();
  await expect(page.getByText("<script>document.title='owned'</script>")).toBeVisible();
  const sent = await page.request.get(`/api/v1/runs/${run}/files/content?path=evil.html`, {
    headers: { "sec-fetch-site": "same-origin" },
  });
  expect(sent.headers()["content-type"]).toBe("application/octet-stream");
  expect(sent.headers()["content-disposition"]).toMatch(/^attachment/);
  await expect(page).not.toHaveTitle(/owned/);
});
