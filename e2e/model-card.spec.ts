import { readFile } from "node:fs/promises";
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { HOSTILE } from "@/lib/cards/hostile.fixture";
import { emptyCard, writeCard } from "@/lib/cards/write-card";
import { seedRegistry } from "./seed-registry";
import { expect, test } from "./test";

const HUGGING_FACE = `---
license: mit
datasets: [applications-eu]
model-index:
- name: credit
  results:
  - dataset: {name: Holdout}
    metrics: [{type: f1, value: 0.74}]
---
# credit
`;

const card = (page: Page) => page.getByRole("article", { name: "Model card" });
const raw = (page: Page) => page.getByLabel("Raw text of the card, YAML");

async function violations(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
}

test("a card is written in a form and as text, checked by line, kept by revision", async ({
  page,
  api,
  ownName,
}) => {
  const model = ownName("credit");
  await seedRegistry(api.post, model);
  const path = `/models/${model}/1/card`;
  await page.goto(path);
  await expect(page.locator("p.verdict")).toContainText("Nobody has written a card");
  await expect(card(page)).toContainText("applications (digest d41c9f02)");
  await expect(card(page)).toContainText("income moved over");
  expect(await violations(page)).toEqual([]);

  await page.getByRole("button", { name: "Write the card" }).click();
  await page.getByLabel("Primary uses").fill("rank applications\n\nexplain a refusal");
  await page.getByLabel("Threshold of auc").fill("0.8");
  await page.getByLabel("License").fill("apache-2.0");
  await expect(card(page)).toContainText("explain a refusal");
  await expect(card(page).getByRole("row").filter({ hasText: "auc" })).toContainText("at least 0.8missed");
  expect(await violations(page)).toEqual([]);

  await page.getByRole("button", { name: "Import" }).click();
  await page.getByLabel("Or its text").fill(HUGGING_FACE);
  await page.getByRole("button", { name: "Take it over" }).click();
  await expect(card(page)).toContainText("applications-eu");
  await expect(card(page)).toContainText("f1 on Holdout");
  await expect(page.getByLabel("Threshold of auc")).toHaveValue("0.8");
  await page.getByLabel("Value of auc").fill("0.9");
  await page.getByRole("button", { name: /^Fill in \d/ }).click();
  await expect(card(page).getByRole("row").filter({ hasText: "auc" })).toContainText("0.786");

  await page.getByRole("tab", { name: "Raw text" }).click();
  const text = await raw(page).inputValue();
  const place = text.split("\n").findIndex((line) => line.includes("license")) + 1;
  await raw(page).fill(text.replace("license: mit", "license: [mit]"));
  const fault = page.getByRole("button", { name: `line ${place}: model_details.license: expected a text` });
  await expect(fault).toBeVisible();
  await expect(page.getByRole("button", { name: /^Save revision/ })).toBeDisabled();
  expect(await violations(page)).toEqual([]);
  await fault.click();
  await expect(raw(page)).toBeFocused();
  expect(
    await raw(page).evaluate((area: HTMLTextAreaElement) =>
      area.value.slice(area.selectionStart, area.selectionEnd),
    ),
  ).toContain("license: [mit]");
  await raw(page).fill(`# kept by the risk team\n${text}`);
  await page.getByLabel("Why").fill("first draft");
  await page.getByRole("button", { name: "Save revision 1" }).click();
  await expect(page.locator("p.verdict")).toContainText("Revision 1, saved by admin@example.org");

  await page.getByRole("button", { name: "Edit" }).click();
  await page.getByLabel("Ethical considerations").fill("age is a feature");
  await page.getByRole("button", { name: "Save revision 2" }).click();
  await expect(card(page)).toContainText("age is a feature");
  await page.getByRole("button", { name: "Revision 1" }).click();
  await expect(page.locator("p.verdict")).toContainText("Revision 1, as it was");
  await expect(card(page)).not.toContainText("age is a feature");
  await expect(page).toHaveURL(/revision=1/);

  await page.goto(path);
  const files = [
    { name: "Markdown", holds: "## Ethical considerations\n\n- age is a feature\n" },
    { name: "YAML", holds: "# kept by the risk team\n" },
    { name: "JSON", holds: '"threshold": 0.8' },
  ];
  for (const { name, holds } of files) {
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name, exact: true }).click(),
    ]);
    expect(await readFile(await download.path(), "utf8"), name).toContain(holds);
  }

  await page.emulateMedia({ media: "print" });
  await expect(card(page)).toBeVisible();
  await expect(page.getByRole("navigation", { name: "Version" })).toBeHidden();
  await expect(page.getByRole("navigation", { name: "Main" })).toBeHidden();
  await expect(page.getByRole("button", { name: "Edit" })).toBeHidden();
});

test("a card that somebody saved meanwhile is not written over", async ({
  page,
  api,
  ownName,
  complaints,
}) => {
  complaints.expect(/status of 409/);
  const model = ownName("credit");
  await seedRegistry(api.post, model);
  await page.goto(`/models/${model}/1/card?edit=true`);
  await page.getByLabel("License").fill("mine");
  await api.post(`/api/v1/models/${model}/versions/1/card`, {
    method: "PUT",
    type: "application/json",
    body: JSON.stringify({ yaml: writeCard(emptyCard(model, "1")), revision: 0 }),
  });
  await page.getByRole("button", { name: "Save revision 1" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "not saved" })).toContainText(
    "bootstrap-key saved revision 1 of this card",
  );
  await expect(page.getByLabel("License")).toHaveValue("mine");
});

test("no script of a card survives: read, previewed, edited or exported", async ({ page, api, ownName }) => {
  const model = ownName("credit");
  await seedRegistry(api.post, model);
  const texts = [...HOSTILE];
  const hostile = {
    model_details: {
      name: texts[0]!,
      version: texts[1]!,
      date: null,
      owners: texts,
      license: texts.at(-1)!,
    },
    intended_use: { primary_uses: texts, out_of_scope: texts },
    training_data: { source: texts[4]!, date_range: texts[6]!, size: texts[10]!, preprocessing: texts },
    metrics: texts.map((name) => ({ name, value: 1, threshold: 2 })),
    ethical_considerations: [...texts, "see https://example.org/card?a=1#b"],
    monitoring: texts,
  };
  await api.post(`/api/v1/models/${model}/versions/1/card`, {
    method: "PUT",
    type: "application/json",
    body: JSON.stringify({ yaml: writeCard(hostile), revision: 0, why: texts[0] }),
  });
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  page.on("dialog", (dialog) => {
    asked.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });

  for (const address of [
    `/models/${model}/1/card`,
    `/models/${model}/1/card?edit=true`,
    `/models/${model}/1/compare`,
  ]) {
    await page.goto(address);
    const shown = page.getByText("<script>window.pwned = 1</script>").first();
    await expect(
      address.endsWith("compare") ? page.getByRole("region", { name: "Versions side by side" }) : shown,
    ).toBeVisible();
    expect(await page.evaluate(() => (window as { pwned?: number }).pwned)).toBeUndefined();
    const found = await page.evaluate(() => {
      const main = document.querySelector("main")!;
      const live = main.querySelectorAll(
        "script, iframe, object, embed, base, meta, link, style, math, img, form[action]",
      );
      const handlers = [...main.querySelectorAll("*")].flatMap((element) =>
        [...element.attributes].filter(({ name }) => name.startsWith("on")).map(({ name }) => name),
      );
      const schemes = [...main.querySelectorAll<HTMLAnchorElement>("a[href]")].map(
        ({ protocol }) => protocol,
      );
      return { live: [...live].map(({ outerHTML }) => outerHTML), handlers, schemes: [...new Set(schemes)] };
    });
    expect(found.live).toEqual([]);
    expect(found.handlers).toEqual([]);
    expect(found.schemes.filter((scheme) => !["http:", "https:"].includes(scheme))).toEqual([]);
  }
  await page.goto(`/models/${model}/1/card`);
  await expect(page.getByRole("link", { name: "https://example.org/card?a=1#b" })).toHaveAttribute(
    "rel",
    /noreferrer/,
  );
  const origin = new URL(page.url()).origin;
  expect(asked.filter((url) => !url.startsWith(origin))).toEqual([]);

  const exported = await page.request.get(`/api/v1/models/${model}/versions/1/card/export?format=json`, {
    headers: { "sec-fetch-site": "same-origin" },
  });
  expect(exported.headers()["content-disposition"]).toMatch(/^attachment/);
  expect(exported.headers()["x-content-type-options"]).toBe("nosniff");
});
