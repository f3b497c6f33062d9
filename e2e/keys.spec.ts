import { expect, test } from "./test";

test("a key is shown once, opens what its scope says and nothing else, until it is revoked", async ({
  page,
  baseURL,
  ownName,
}) => {
  const name = ownName("notebook");
  await page.goto("/keys");
  await page.getByRole("button", { name: "Create a key" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill(name);
  await dialog.getByRole("checkbox", { name: /^read/ }).check();
  await dialog.getByRole("checkbox", { name: /^ingest/ }).uncheck();
  await dialog.getByRole("button", { name: "Create the key" }).click();
  await expect(dialog).toContainText("This is the only time its secret is shown.");
  const secret = (await dialog
    .getByRole("figure", { name: /The key/ })
    .locator("code")
    .textContent())!.trim();
  expect(secret).toMatch(/^tm_\S{20,}$/);
  await dialog.getByRole("button", { name: "I have copied it" }).click();

  const row = page.getByRole("row", { name: new RegExp(name) });
  await expect(row).toContainText("read");
  expect(await page.content()).not.toContain(secret);
  await page.reload();
  await expect(row).toBeVisible();
  expect(await page.content()).not.toContain(secret);

  const headers = { authorization: `Bearer ${secret}`, "content-type": "application/json" };
  const read = () => fetch(`${baseURL}/api/v1/models`, { headers });
  const log = () =>
    fetch(`${baseURL}/api/v1/predictions`, {
      method: "POST",
      headers,
      body: JSON.stringify({ model: name, version: "1", predictions: [] }),
    });
  expect((await read()).status).toBe(200);
  const refused = await log();
  expect(refused.status).toBe(403);
  expect((await refused.json()).error.message).toContain("needs the scope ingest");

  await row.getByRole("button", { name: `Revoke ${name}` }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Revoke the key" }).click();
  await expect(row).toContainText("revoked");
  expect((await read()).status).toBe(401);

  await page.goto("/audit");
  const events = page.getByRole("region", { name: "Audit log" }).getByRole("row").filter({ hasText: name });
  await expect(events.filter({ hasText: "key.create" })).toHaveCount(1);
  expect(await page.content()).not.toContain(secret);
});
