import type { Locator, Page } from "@playwright/test";
import { CREDIT } from "./seed";
import { expect, test } from "./test";

const VERSION = `/models/${CREDIT.model}/${CREDIT.version}`;
const DRIFT = `${VERSION}/drift`;
const API = `/api/v1/models/${CREDIT.model}/versions/${CREDIT.version}`;
/** The first ten days, in which nothing moves, and the four in which income does. */
const QUIET = { from: "2026-03-01T00:00:00Z", to: "2026-03-11T00:00:00Z" };
const MOVED = { from: "2026-03-11T00:00:00Z", to: "2026-03-15T00:00:00Z" };

const verdictOf = (page: Page) => page.locator("p.verdict");
const evidenceFor = (page: Page, feature: string) =>
  page.getByRole("region", { name: `Evidence for ${feature}` });
const rowOf = (page: Page, feature: string) =>
  page
    .getByRole("region", { name: "Features by distance" })
    .getByRole("row")
    .filter({ has: page.getByRole("button", { name: new RegExp(`^${feature} `) }) });
/** The brush over all lanes; the evidence has one of its own. */
const brushOf = (page: Page) => page.getByRole("slider").first();

/** The number in a row "name value" of the evidence, in its own words. */
const factOf = (evidence: Locator, name: string) =>
  evidence.locator("dt", { hasText: new RegExp(`^${name}$`) }).locator("xpath=following-sibling::dd");

async function chooseWindow(page: Page, { from, to }: { from: string; to: string }): Promise<void> {
  await page.getByRole("button", { name: /^window/ }).click();
  await page.getByLabel("From (UTC)").fill(from.slice(0, 16));
  await page.getByLabel("Until, not included (UTC)").fill(to.slice(0, 16));
  await page.getByRole("button", { name: "Use this window" }).click();
}

/** Presses on the first bucket, drags to the last one, both counted from 0. */
async function drag(page: Page, brush: Locator, first: number, last: number): Promise<void> {
  await brush.scrollIntoViewIfNeeded();
  const box = (await brush.boundingBox())!;
  const x = (bucket: number) => box.x + ((bucket + 0.5) / CREDIT.days) * box.width;
  const y = box.y + box.height / 2;
  await page.mouse.move(x(first), y);
  await page.mouse.down();
  await page.mouse.move(x(last), y, { steps: 5 });
  await page.mouse.up();
}

test("an analyst gets from all models to the feature that moved and its evidence", async ({ page }) => {
  await page.goto("/");
  await expect(verdictOf(page)).toContainText("reads data that moved");
  const version = page.getByRole("row", { name: `${CREDIT.model} version ${CREDIT.version}` });
  await expect(version).toContainText("1 of 5 moved");
  await version.getByRole("link", { name: `${CREDIT.model} version ${CREDIT.version}` }).click();

  await expect(page).toHaveURL(VERSION);
  await expect(verdictOf(page)).toContainText("income moved against the baseline; the other 4 have not.");
  await expect(page.getByRole("region", { name: "What moved" }).getByRole("listitem").first()).toContainText(
    "income",
  );
  await verdictOf(page).getByRole("link", { name: "income" }).click();

  await expect(page).toHaveURL(`${DRIFT}?feature=income`);
  await expect(verdictOf(page)).toContainText(/^income moved: D = 0\.\d+ against the baseline/);
  await expect(verdictOf(page)).toContainText("since 11 Mar 2026 (4 days)");
  await expect(page.getByText("2,016 predictions · 1,425 labelled (71 %)")).toBeVisible();
  // The heatmap, the ranking and both histograms.
  await expect(
    page.getByRole("img", { name: /^Distance from the baseline per feature and day/ }),
  ).toBeVisible();
  await expect(rowOf(page, "income")).toHaveAttribute("aria-selected", "true");
  await expect(rowOf(page, "income")).toContainText("medium");
  await expect(rowOf(page, "age")).toContainText("within chance");
  const evidence = evidenceFor(page, "income");
  await expect(
    evidence.getByRole("img", { name: /^income: reference against current in \d+ bins/ }),
  ).toBeVisible();
  await expect(evidence).toContainText("baseline, n = 4,000");
  await expect(evidence).toContainText("8 to 14 Mar 2026, n = 2,016");
});

test("the numbers on the drift page are those of the API", async ({ page, api }) => {
  type Report = {
    features: { name: string; statistic: number; error_bound: number; psi: number; js_distance: number }[];
  };
  const { features } = await api.get<Report>(`${API}/drift`);
  const income = features.find(({ name }) => name === "income")!;
  await page.goto(DRIFT);
  const evidence = evidenceFor(page, "income");
  await expect(factOf(evidence, "D")).toContainText(
    `${income.statistic.toFixed(4)} to ${(income.statistic + income.error_bound).toFixed(4)}`,
  );
  await expect(factOf(evidence, "PSI")).toContainText(income.psi.toFixed(3));
  await expect(factOf(evidence, "JS distance")).toContainText(income.js_distance.toFixed(3));
});

test("another feature is chosen with the arrow keys alone", async ({ page }) => {
  await page.goto(DRIFT);
  await rowOf(page, "income").getByRole("button").focus();
  // Below it stand what the model itself says, its score and its prediction, and then the regions.
  for (const name of ["score", "prediction", "region"]) {
    await page.keyboard.press("ArrowDown");
    await expect(rowOf(page, name).getByRole("button")).toBeFocused();
  }
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/[?&]feature=region/);
  const evidence = evidenceFor(page, "region");
  await expect(evidence.getByRole("table", { name: /^region: share of rows per category/ })).toBeVisible();
  await expect(evidence).toContainText("Açores");
  await expect(rowOf(page, "region")).toHaveAttribute("aria-selected", "true");
});

test("ten days drawn with the brush have no drift, the days after them do", async ({ page }) => {
  await page.goto(DRIFT);
  await expect(brushOf(page)).toHaveAttribute("aria-valuetext", "8 to 14 Mar 2026, 7 of 14 buckets");
  await drag(page, brushOf(page), 0, 9);
  await expect(page).toHaveURL(new RegExp(`from=${QUIET.from}&to=${QUIET.to}`));
  await expect(verdictOf(page)).toContainText("None of the 5 features tested moved.");
  await expect(page.getByText("2,880 predictions")).toBeVisible();

  await drag(page, brushOf(page), 13, 10);
  await expect(page).toHaveURL(new RegExp(`from=${MOVED.from}&to=${MOVED.to}`));
  await expect(verdictOf(page)).toContainText("income moved: D = 0.3");
  await expect(rowOf(page, "income")).toContainText("high");

  await page.goBack();
  await expect(verdictOf(page)).toContainText("None of the 5 features tested moved.");
});

test("the brush is moved and resized by keyboard", async ({ page }) => {
  await page.goto(`${DRIFT}?from=${MOVED.from}&to=${MOVED.to}`);
  const brush = brushOf(page);
  await expect(brush).toHaveAttribute("aria-valuetext", "11 to 14 Mar 2026, 4 of 14 buckets");
  await brush.focus();
  await page.keyboard.press("Home");
  await expect(page).toHaveURL(/from=2026-03-01T00:00:00Z&to=2026-03-05T00:00:00Z/);
  await expect(verdictOf(page)).toContainText("None of the 5 features tested moved.");
  await page.keyboard.press("Shift+ArrowRight");
  await expect(page).toHaveURL(/from=2026-03-01T00:00:00Z&to=2026-03-06T00:00:00Z/);
  await expect(brush).toHaveAttribute("aria-valuetext", "1 to 5 Mar 2026, 5 of 14 buckets");
});

test("a window typed in UTC is the window of the report, wherever the reader is", async ({ page }) => {
  await page.goto(DRIFT);
  await chooseWindow(page, QUIET);
  await expect(page).toHaveURL(new RegExp(`from=${QUIET.from}&to=${QUIET.to}`));
  await expect(page.getByRole("button", { name: "window 1 to 10 Mar 2026" })).toBeVisible();
  await expect(verdictOf(page)).toContainText("None of the 5 features tested moved.");
});

test("a segment cuts the report to its own rows", async ({ page, api }) => {
  const report = await api.get<{ window: { n: number } }>(`${API}/drift?segment=channel:web`);
  expect(report.window.n).toBeGreaterThan(500);
  await page.goto(DRIFT);
  await page.getByRole("button", { name: "segment all" }).click();
  const popover = page.getByRole("dialog", { name: "Segment" });
  await popover.getByLabel("Segment dimension").selectOption("channel");
  await popover.getByRole("button", { name: /^web/ }).click();
  await expect(page).toHaveURL(/segment=channel:web/);
  await expect(page.getByRole("button", { name: "segment channel:web" })).toBeVisible();
  await expect(evidenceFor(page, "income")).toContainText(`n = ${report.window.n}`);
  await expect(verdictOf(page)).toContainText("income moved");
});

test("against the days before, the window that drifted says so without a baseline", async ({ page }) => {
  await page.goto(`${DRIFT}?from=${MOVED.from}&to=${MOVED.to}`);
  await page.getByRole("button", { name: "against baseline" }).click();
  await page.getByRole("button", { name: /^Previous period/ }).click();
  await expect(page).toHaveURL(/against=previous/);
  await expect(verdictOf(page)).toContainText(/income moved: D = 0\.\d+ against the period before/);
});

test("with raw rows the exact distance lies inside the bracket that summaries gave", async ({ page }) => {
  await page.goto(`${DRIFT}?from=2026-03-11T07:20:00Z&to=${MOVED.to}`);
  const distance = factOf(evidenceFor(page, "income"), "D");
  await expect(distance).toContainText(/^0\.\d{4} to 0\.\d{4}/);
  const [low, high] = (await distance.textContent())!.match(/0\.\d{4}/g)!.map(Number) as [number, number];
  await page.getByRole("button", { name: "Confirm with raw rows" }).click();
  await expect(distance).toContainText(/^0\.\d{4}(?! to)/);
  await expect(evidenceFor(page, "income")).toContainText("on every raw row");
  const exact = Number(/^0\.\d{4}/.exec((await distance.textContent())!)![0]);
  // All three are shown to four digits.
  expect(exact).toBeGreaterThanOrEqual(low - 1e-4);
  expect(exact).toBeLessThanOrEqual(high + 1e-4);
});

test("a copied link shows a colleague elsewhere the very same page", async ({
  page,
  browser,
  baseURL,
  complaints,
}) => {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"], { origin: baseURL! });
  await page.goto(DRIFT);
  await chooseWindow(page, MOVED);
  await page.getByRole("button", { name: "segment all" }).click();
  await page.getByLabel("Segment dimension").selectOption("channel");
  await page
    .getByRole("dialog", { name: "Segment" })
    .getByRole("button", { name: /^branch/ })
    .click();
  await rowOf(page, "balance").getByRole("button").click();
  await expect(evidenceFor(page, "balance")).toContainText("11 to 14 Mar 2026");
  await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
  await page.getByRole("button", { name: "Copy link" }).click();
  const copied = page.getByRole("button", { name: "Copied" });
  await expect(copied).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  await expect(copied).toBeHidden();

  const elsewhere = await browser.newContext({
    timezoneId: "Asia/Tokyo",
    locale: "de-DE",
    colorScheme: "dark",
    viewport: page.viewportSize()!,
  });
  const there = await elsewhere.newPage();
  complaints.listen(there);
  await there.goto(link);
  await expect(rowOf(there, "balance")).toHaveAttribute("aria-selected", "true");
  await expect(verdictOf(there)).toContainText("income moved");
  // Verdict, numbers, selection, axis: all that a screen reader would read.
  const read = (of: Page) => of.locator("main").ariaSnapshot();
  await expect.poll(() => read(there)).toBe(await read(page));
  await elsewhere.close();
});

test("the whole ranking is taken away as CSV, at full precision", async ({ page, api }) => {
  const { features } = await api.get<{ features: { name: string; statistic: number }[] }>(`${API}/drift`);
  await page.goto(DRIFT);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Export CSV" }).click(),
  ]);
  expect(download.suggestedFilename()).toBe(`${CREDIT.model}-${CREDIT.version}-drift.csv`);
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
  const csv = Buffer.concat(chunks).toString("utf8");
  for (const { name, statistic } of features) {
    const line = csv.split(/\r?\n/).find((each) => each.includes(`,${name},`));
    expect(line, name).toContain(String(statistic));
  }
});
