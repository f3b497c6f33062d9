import type { Page } from "@playwright/test";
import { isAccessible } from "./accessible";
import { type Logger, mlflow } from "./seed-runs";
import { expect, test } from "./test";

const menu = (page: Page) => page.getByRole("dialog", { name: "Saved views" });
const viewButton = (page: Page) => page.getByRole("button", { name: /^view / });
const table = (page: Page) => page.getByRole("region", { name: "Runs" });

async function logRuns(log: Logger, name: string): Promise<string> {
  const experiment = await log.experiment(name);
  for (const [index, loss] of [0.5, 0.2, 0.9].entries()) {
    const run = await log.run(experiment, `run-${index}`, { start: 1_700_000_000_000 + index });
    await log.log(run, {
      params: [{ key: "depth", value: String(index) }],
      metrics: [{ key: "loss", value: loss, step: 0, timestamp: 1 }],
    });
  }
  return experiment;
}

async function save(page: Page, name: string): Promise<void> {
  await viewButton(page).click();
  await menu(page).getByLabel("Name of a new view").fill(name);
  await menu(page).getByRole("button", { name: "Save", exact: true }).click();
  await expect(viewButton(page)).toContainText(name);
}

test("a view of the runs is saved, opened by its link, changed, renamed and deleted", async ({
  page,
  api,
  ownName,
}) => {
  const experiment = await logRuns(mlflow(api.post), ownName("views"));
  const plain = `/experiments/${experiment}`;
  await page.goto(`${plain}?q=metrics.loss < 0.8&sort=metrics.loss&order=asc`);
  await expect(page.getByText("2 runs found")).toBeVisible();
  await save(page, "the good ones");
  await isAccessible(page);
  const link = page.url();
  expect(link).toMatch(/saved=[0-9a-f-]{36}/);

  // By the id alone, as somebody would shorten it.
  const id = /saved=([0-9a-f-]+)/.exec(link)![1];
  await page.goto(`${plain}?saved=${id}`);
  await expect(page.getByText("2 runs found")).toBeVisible();
  await expect(table(page).getByRole("link").first()).toHaveText("run-1");

  await table(page).getByRole("button", { name: /loss/ }).click();
  await expect(viewButton(page)).toContainText("the good ones, changed");
  await viewButton(page).click();
  await menu(page).getByRole("button", { name: "Save the changes to the good ones" }).click();
  await expect(viewButton(page)).not.toContainText("changed");
  await menu(page).getByRole("button", { name: "Rename the good ones" }).click();
  await menu(page).getByLabel("New name of the good ones").fill("below 0.8");
  await menu(page).getByRole("button", { name: "Rename", exact: true }).click();
  await expect(viewButton(page)).toContainText("below 0.8");

  await menu(page).getByRole("button", { name: "Open below 0.8 first", exact: true }).click();
  await expect(menu(page)).toContainText("opens first");
  await page.goto(plain);
  await expect(page.getByText("2 runs found")).toBeVisible();
  await viewButton(page).click();
  await menu(page).getByRole("link", { name: "All runs" }).click();
  await expect(page.getByText("3 runs without a parent")).toBeVisible();

  await viewButton(page).click();
  await menu(page).getByRole("button", { name: "Delete below 0.8" }).click();
  await expect(menu(page)).toContainText("No view is saved yet");
  await page.goto(plain);
  await expect(page.getByText("3 runs without a parent")).toBeVisible();
  const { events } = await api.get<{ events: { action: string }[] }>(
    `/api/v1/audit?subject=${encodeURIComponent(`view:${experiment}/${id}`)}`,
  );
  expect(events.map(({ action }) => action)).toEqual([
    "view.delete",
    "view.change",
    "view.change",
    "view.change",
    "view.create",
  ]);
});

test("a comparison is saved too, and a name that is taken says so", async ({
  page,
  api,
  ownName,
  complaints,
}) => {
  complaints.expect(/409/);
  const experiment = await logRuns(mlflow(api.post), ownName("compared"));
  await page.goto(`/compare?experiment=${experiment}&tab=scatter`);
  await save(page, "loss over depth");
  await page.goto("/models");
  await page.goto(`/compare?experiment=${experiment}`);
  await viewButton(page).click();
  await menu(page)
    .getByRole("link", { name: /loss over depth/ })
    .click();
  await expect(page.getByRole("tab", { name: "Scatter" })).toHaveAttribute("aria-selected", "true");
  await viewButton(page).click();
  await menu(page).getByLabel("Name of a new view").fill("loss over depth");
  await menu(page).getByRole("button", { name: "Save", exact: true }).click();
  await expect(menu(page).getByRole("alert")).toContainText('a view named "loss over depth" already');
});
