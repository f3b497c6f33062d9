import type { Page } from "@playwright/test";
import { isAccessible, violations } from "./accessible";
import { seedRegistry } from "./seed-registry";
import { BOOTSTRAP_KEY } from "./servers";
import { expect, test } from "./test";

const versionsOf = (page: Page) => page.getByRole("list", { name: "Versions" });
const history = (page: Page) => page.getByRole("region", { name: "History of the model’s versions" });

/** Opens the form of a version's facts. */
async function openChange(page: Page, version: string) {
  await page.getByRole("button", { name: `Change version ${version}` }).click();
  await expect(page.getByRole("dialog").getByLabel("Stage")).toBeVisible();
  return page.getByRole("dialog");
}

async function move(page: Page, version: string, stage: string, why: string) {
  const form = await openChange(page, version);
  await form.getByLabel("Stage").selectOption(stage);
  await form.getByLabel("Why").fill(why);
  await form.getByRole("button", { name: "Save the change" }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
}

test("a version is promoted with a reason, and rolled back in one step", async ({ page, api, ownName }) => {
  const model = ownName("credit");
  await seedRegistry(api.post, model);
  await page.goto(`/models/${model}/1/versions`);
  await expect(page.locator("p.verdict")).toHaveText(
    "No version is in Production; 2 versions are in no use.",
  );
  await expect(versionsOf(page).getByRole("listitem").first()).toContainText("version 2");
  await expect(versionsOf(page)).toContainText("income");

  await page.getByRole("button", { name: "Roll back" }).click();
  await expect(page.getByRole("dialog")).toContainText("has left Production yet");
  await page.keyboard.press("Escape");

  await move(page, "1", "Production", "the first one");
  await expect(page.locator("p.verdict")).toContainText("Version 1 is in Production");

  const form = await openChange(page, "2");
  await form.getByLabel("Stage").selectOption("Production");
  await form.getByLabel("Aliases").fill("champion");
  await form.getByRole("button", { name: "Add a tag" }).click();
  await form.getByLabel("Key of tag 2").fill("approved");
  await form.getByLabel("Value of tag 2").fill("yes");
  await form.getByLabel("Description").fill("trained on May");
  await form.getByLabel("Why").fill("better on May");
  expect(await violations(page)).toEqual([]);
  await form.getByRole("button", { name: "Save the change" }).click();
  await expect(page.locator("p.verdict")).toContainText("Version 2 is in Production");
  await expect(versionsOf(page)).toContainText("@champion");
  await expect(versionsOf(page)).toContainText("trained on May");

  const row = history(page).getByRole("row");
  await expect(row.filter({ hasText: "moved version 2 from no stage to Production" })).toContainText(
    "better on May",
  );
  await expect(row.filter({ hasText: "archived version 1, which was in Production" })).toHaveCount(1);
  await isAccessible(page);

  await page.getByRole("button", { name: "Roll back to version 1" }).click();
  await expect(page.getByRole("dialog")).toContainText("2 is archived in the same step");
  await page.getByLabel("Why").fill("errors in the north");
  await page.getByRole("dialog").getByRole("button", { name: "Roll back" }).click();
  await expect(page.locator("p.verdict")).toContainText("Version 1 is in Production");
  await expect(row.filter({ hasText: "errors in the north" })).toHaveCount(2);

  await page.goto("/audit");
  const audit = page.getByRole("region", { name: "Audit log" }).getByRole("row").filter({ hasText: model });
  await expect(audit.filter({ hasText: "moved the version" }).first()).toContainText("Archived → Production");
  await expect(audit.filter({ hasText: "described the version" })).toContainText("trained on May");
});

test("of two tabs the one with the older view is refused in words", async ({
  page,
  context,
  api,
  ownName,
  complaints,
}) => {
  complaints.expect(/status of 409/);
  const model = ownName("credit");
  await seedRegistry(api.post, model);
  await page.goto(`/models/${model}/2/versions`);
  const late = await openChange(page, "2");

  const other = await context.newPage();
  await other.goto(`/models/${model}/1/versions`);
  await move(other, "1", "Production", "first come");

  await late.getByLabel("Stage").selectOption("Production");
  await late.getByRole("button", { name: "Save the change" }).click();
  await expect(late.getByRole("alert")).toContainText(
    "since then admin@example.org moved version 1 from no stage to Production",
  );
  await late.getByRole("button", { name: "Show it as it is now" }).click();
  await late.getByLabel("Stage").selectOption("Staging");
  await late.getByRole("button", { name: "Save the change" }).click();
  await expect(page.locator("p.verdict")).toHaveText(
    "Version 1 is in Production; version 2 waits in Staging.",
  );
});

test("the road from data to drift is a line of links", async ({ page, api, ownName, complaints }) => {
  // The page of a run comes with runs on screen.
  complaints.expect(/404/);
  const model = ownName("credit");
  const { runs } = await seedRegistry(api.post, model);
  await page.goto(`/models/${model}/1`);
  const road = page.getByRole("navigation", { name: "From data to drift" });
  await expect(road.getByRole("link")).toHaveText([
    "applications",
    "fit-4",
    "1, no stage",
    "4,032",
    "income moved",
  ]);
  await expect(road).toContainText("digest d41c9f02, 48,000 rows");
  await expect(road.getByRole("link", { name: "fit-4" })).toHaveAttribute("href", `/runs/${runs[0]}`);
  await isAccessible(page);
  await road.getByRole("link", { name: "income moved" }).click();
  await expect(page).toHaveURL(/\/drift$/);
});

test("versions stand side by side; only differences are left at will", async ({ page, api, ownName }) => {
  const model = ownName("credit");
  await seedRegistry(api.post, model);
  await page.goto(`/models/${model}/2/compare`);
  const table = page.getByRole("region", { name: "Versions side by side" });
  const row = (name: string) => table.getByRole("row").filter({ has: page.getByRole("rowheader", { name }) });
  await expect(row("log_loss").first()).toContainText("0.502best0.531");
  await expect(row("max_depth")).toContainText("64");
  await expect(row("input balance")).toContainText("double, optional–");
  await expect(row("seed")).toHaveCount(1);
  await isAccessible(page);
  await page.getByLabel("Only differences").check();
  await expect(row("seed")).toHaveCount(0);
  await expect(row("max_depth")).toHaveCount(1);
  await expect(page).toHaveURL(/differences=true/);
});

test("a model's own words are edited on its page, not over what somebody else has written since", async ({
  page,
  api,
  ownName,
  complaints,
}) => {
  complaints.expect(/409/);
  const model = ownName("words");
  await seedRegistry(api.post, model);
  await page.goto(`/models/${model}/1/versions`);
  const open = page.getByRole("button", { name: /Describe the model|Edit description/ });
  await open.click();
  const form = page.getByRole("dialog");
  await form.getByLabel("Description").fill("Who will pay back");
  await form.getByLabel("Owner").fill("credit team");
  await form.getByRole("button", { name: "Save the change" }).click();
  await expect(form).toHaveCount(0);
  await expect(page.getByText("Who will pay back")).toBeVisible();
  await expect(page.getByText("owner of the model credit team")).toBeVisible();

  await open.click();
  await form.getByLabel("Description").fill("Mine");
  await fetch(`${api.url}/api/v1/models/${model}`, {
    method: "PATCH",
    headers: { authorization: `Bearer ${BOOTSTRAP_KEY}`, "content-type": "application/json" },
    body: JSON.stringify({ description: "Theirs" }),
  });
  await form.getByRole("button", { name: "Save the change" }).click();
  await expect(form.getByRole("alert")).toContainText("is not as you saw it");
  await form.getByRole("button", { name: "Show it as it is now" }).click();
  await expect(form.getByLabel("Description")).toHaveValue("Theirs");
});
