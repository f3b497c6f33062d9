import type { Page } from "@playwright/test";
import { CREDIT } from "./seed";
import { expect, test } from "./test";

const ROWS = `/models/${CREDIT.model}/${CREDIT.version}/predictions`;
const API = `/api/v1/models/${CREDIT.model}/versions/${CREDIT.version}/predictions`;

type Row = { id: string; timestamp: string; features: Record<string, unknown> };
type RowPage = { rows: Row[]; next_cursor: string | null };

/** Every row that fits, as a client would gather them. */
async function gather(get: <Reply>(path: string) => Promise<Reply>, query: string): Promise<Row[]> {
  const rows: Row[] = [];
  for (let cursor: string | null = ""; cursor !== null; ) {
    const page: RowPage = await get(
      `${API}?${query}&limit=500${cursor && `&cursor=${encodeURIComponent(cursor)}`}`,
    );
    rows.push(...page.rows);
    cursor = page.next_cursor;
  }
  return rows;
}

async function filterRegion(page: Page, value: string): Promise<void> {
  await page.getByRole("button", { name: "Condition" }).click();
  const popover = page.getByRole("dialog", { name: "Add a condition" });
  await popover.getByLabel("Field").selectOption({ label: "region" });
  await popover.getByLabel("Comparison").selectOption("eq");
  await popover.getByLabel("Value").fill(value);
  await popover.getByRole("button", { name: "Add" }).click();
}

test("rows of one region are found, opened, and taken away as the very same CSV", async ({ page, api }) => {
  const wanted = await gather(api.get, `filter=${encodeURIComponent("region:eq:Açores")}`);
  expect(wanted.length).toBeGreaterThan(10);
  await page.goto(ROWS);
  await filterRegion(page, "Açores");
  await expect(page.getByText(`${wanted.length} rows in all`)).toBeVisible();
  await expect(page).toHaveURL(/filter=/);

  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "CSV" }).click(),
  ]);
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
  const lines = Buffer.concat(chunks)
    .toString("utf8")
    .replace(/^\uFEFF/, "")
    .trim()
    .split(/\r?\n/);
  const header = lines[0]!.split(",");
  const at = (name: string) => header.indexOf(name);
  expect(lines.slice(1).map((line) => line.split(",")[at("id")])).toEqual(wanted.map(({ id }) => id));
  for (const line of lines.slice(1)) expect(line.split(",")[at("region")]).toBe("Açores");
});

test("a row opens with its values beside what is usual, and the next one is a key away", async ({
  page,
  api,
}) => {
  const [first, second] = await gather(api.get, `filter=${encodeURIComponent("region:eq:Açores")}`);
  await page.goto(`${ROWS}?filter=${encodeURIComponent("region:eq:Açores")}`);
  await page.getByRole("button", { name: `open ${first!.id}` }).click();
  const drawer = page.getByRole("dialog", { name: first!.id, exact: true });
  await expect(drawer).toContainText("Açores");
  await expect(drawer).toContainText(Number(first!.features.income).toLocaleString("en-US"));
  await expect(page).toHaveURL(new RegExp(`row=${first!.id}`));
  await drawer.getByRole("button", { name: "Row below" }).click();
  await expect(page.getByRole("dialog", { name: second!.id, exact: true })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("scrolling goes on to the last row, with only the rows in sight in the document", async ({
  page,
  api,
}) => {
  const all = await gather(api.get, "");
  await page.goto(ROWS);
  await expect(page.getByText("200 rows so far")).toBeVisible();
  const table = page.getByRole("region", { name: "Predictions" });
  const end = page.getByText(`${all.length.toLocaleString("en-US")} rows in all`);
  await expect(async () => {
    await table.evaluate((element) => element.scrollTo(0, element.scrollHeight));
    await expect(end).toBeVisible({ timeout: 300 });
  }).toPass();
  await table.evaluate((element) => element.scrollTo(0, element.scrollHeight));
  await expect(page.getByRole("button", { name: `open ${all.at(-1)!.id}` })).toBeVisible();
  expect(await table.getByRole("row").count()).toBeLessThan(100);
});

test("a condition that nothing meets says so and can be taken back", async ({ page }) => {
  await page.goto(ROWS);
  await filterRegion(page, "Atlantis");
  await expect(page.getByText("No prediction in this window meets these conditions.")).toBeVisible();
  await page.getByRole("button", { name: "Clear the conditions" }).click();
  await expect(page.getByText("200 rows so far")).toBeVisible();
});
