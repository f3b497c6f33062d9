import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { end, startServer } from "../faults/process";
import { CREDIT } from "../seed";
import { PASSWORD } from "../servers";
import { expect, test } from "../test";

const VERSION = `/models/${CREDIT.model}/${CREDIT.version}`;

test("a server that was never used: its first administrator, its first key, and the curl that brings the first model", async ({
  page,
}) => {
  const folder = await mkdtemp(path.join(os.tmpdir(), "tidemark-e2e-empty-"));
  const server = await startServer({ TIDEMARK_DATA_DIR: folder, DATABASE_URL: "" });
  try {
    await page.context().clearCookies();
    await page.goto(server.url);
    await expect(page).toHaveURL(/\/sign-in/);
    // The way in stands in the server's console.
    await page.goto(/http\S+\/welcome#\S+/.exec(server.output())![0]);
    await page.getByLabel("E-mail address").fill("ada@example.org");
    await page.getByLabel("Your name").fill("Ada First");
    await page.getByLabel("Password").fill(PASSWORD);
    await page.getByRole("button", { name: "Join" }).click();
    await expect(page.getByText("No model has logged anything yet.")).toBeVisible();

    await page.goto(`${server.url}/keys`);
    await expect(page.getByText("No client can log in yet.")).toBeVisible();
    await page.getByRole("button", { name: "Create a key" }).click();
    await page.getByLabel("Name").fill("serving");
    await page.getByRole("button", { name: "Create the key" }).click();
    const secret = page.getByRole("figure", { name: /^The key/ }).locator("code");
    await expect(secret).toHaveText(/^tm_\S{20,}$/);
    const key = (await secret.textContent())!;
    // The list behind it has the key by now; the secret is still there to be copied.
    await expect(page.getByText("1 key in use.")).toBeAttached();
    await expect(secret).toBeVisible();
    await page.getByRole("button", { name: "I have copied it" }).click();

    await page.getByRole("link", { name: "Models", exact: true }).click();
    await expect(page.getByText("No model has logged anything yet.")).toBeVisible();
    const curl = (await page.getByRole("figure", { name: /^curl/ }).locator("code").textContent())!;
    expect(curl).toContain(`curl ${server.url}/api/v1/predictions`);
    expect(curl).toContain("Authorization: Bearer tm_");
    // Sent as the shell would send it, where the time is that of the moment.
    const body = /-d '(.*)'/s.exec(curl)![1]!.replace(/'\$\(date [^)]*\)'/g, new Date().toISOString());
    const reply = await fetch(`${server.url}/api/v1/predictions`, {
      method: "POST",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      body,
    });
    expect(await reply.json()).toMatchObject({ accepted: 1, rejected: [] });
    await expect(page.getByRole("link", { name: `${JSON.parse(body).model} version` })).toBeVisible();
  } finally {
    await page.goto("about:blank");
    await end(server.child, "SIGTERM");
    await rm(folder, { recursive: true, force: true });
  }
});

for (const tab of ["", "/drift", "/performance", "/quality", "/predictions", "/settings"]) {
  test(`a version that does not exist is named as such on ${tab || "its overview"}`, async ({
    page,
    complaints,
  }) => {
    complaints.expect(/status of 404/);
    await page.goto(`/models/${CREDIT.model}/9${tab}`);
    await expect(page.locator("main")).toContainText(/has no version "?9"?/);
    await expect(page.locator("main")).toContainText(/it has "?1"?/i);
  });
}

test("a model that does not exist is named as such, with those that do", async ({ page, complaints }) => {
  complaints.expect(/status of 404/);
  await page.goto("/models/nope");
  await expect(page.getByRole("alert").filter({ hasText: "nope" })).toContainText('there is no model "nope"');
  await expect(page.getByRole("alert").filter({ hasText: "nope" })).toContainText(CREDIT.model);
});

test("a filter that no version fits can be taken back", async ({ page }) => {
  await page.goto("/models?q=atlantis");
  await expect(page.getByText("No version fits this filter.")).toBeVisible();
  await page.getByRole("button", { name: /^Show all/ }).click();
  await expect(page.getByRole("row", { name: new RegExp(CREDIT.model) })).toBeVisible();
});

test("a page whose server does not answer says so, and fills itself when it does", async ({
  page,
  complaints,
}) => {
  complaints.expect(/ERR_FAILED/);
  await page.goto(VERSION);
  await page.route("**/api/**", (route) => route.abort());
  await page.getByRole("link", { name: "Drift", exact: true }).click();
  await expect(page.getByText("The drift report could not be loaded")).toBeVisible();
  await expect(page.getByText("Tidemark's server did not answer.").first()).toBeVisible();
  await page.unroute("**/api/**");
  await expect(page.locator("p.verdict")).toContainText("income moved");
  await expect(page.getByText("could not be")).toHaveCount(0);
});

test("a page that was loaded keeps what it has while the server is away", async ({ page, complaints }) => {
  complaints.expect(/status of 503/);
  await page.goto("/models");
  const row = page.getByRole("row", { name: new RegExp(CREDIT.model) });
  await expect(row.first()).toBeVisible();
  await page.route("**/api/**", (route) =>
    route.fulfill({
      status: 503,
      contentType: "application/json",
      body: JSON.stringify({
        error: {
          code: "store_unavailable",
          message: "the store cannot be reached at the moment",
          details: [],
        },
      }),
    }),
  );
  await expect(page.getByText("The models could not be renewed")).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText("the store cannot be reached at the moment")).toBeVisible();
  await expect(row.first()).toBeVisible();
  await page.unroute("**/api/**");
  await expect(page.getByText("The models could not be renewed")).toHaveCount(0);
});
