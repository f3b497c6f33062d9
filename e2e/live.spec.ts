import { CREDIT } from "./seed";
import { expect, test } from "./test";

const DAY = Date.UTC(2026, 2, 1);

test("predictions that come in are counted on the open page without a reload", async ({
  page,
  api,
  ownName,
}) => {
  const model = ownName("live");
  const send = (ids: string[]) =>
    api.post("/api/v1/predictions", {
      method: "POST",
      type: "application/json",
      body: JSON.stringify({
        model,
        version: "1",
        predictions: ids.map((id, i) => ({
          id,
          timestamp: new Date(DAY + i * 60_000).toISOString(),
          features: { height: i },
          prediction: i % 2 ? "yes" : "no",
        })),
      }),
    });
  await send(["a", "b", "c", "d", "e"]);
  await page.goto(`/models?q=${model}`);
  const count = page
    .getByRole("row", { name: new RegExp(model) })
    .getByRole("cell")
    .nth(1);
  await expect(count).toHaveText(/^5$/);
  await page.evaluate(() => Object.assign(window, { untouched: true }));

  await send(["f", "g", "h", "i", "j", "k", "l"]);
  await expect(count).toHaveText(/^12$/);
  expect(await page.evaluate(() => "untouched" in window)).toBe(true);
});

test("a model that appears joins the list that is open", async ({ page, api, ownName }) => {
  const model = ownName("newcomer");
  await page.goto("/models");
  await expect(page.getByRole("row", { name: new RegExp(CREDIT.model) })).toBeVisible();
  await api.post("/api/v1/predictions", {
    method: "POST",
    type: "application/json",
    body: JSON.stringify({
      model,
      version: "1",
      predictions: [{ id: "a", timestamp: new Date(DAY).toISOString(), features: { x: 1 }, prediction: 2 }],
    }),
  });
  await expect(page.getByRole("row", { name: new RegExp(model) })).toBeVisible();
});
