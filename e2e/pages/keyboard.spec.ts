import type { Page } from "@playwright/test";
import { CREDIT } from "../seed";
import { expect, test } from "../test";

const DRIFT = `/models/${CREDIT.model}/${CREDIT.version}/drift`;

/** What has the focus, by the name a screen reader gives it, and whether one can see that it has. */
const focused = (page: Page) =>
  page.evaluate(() => {
    const element = document.activeElement as HTMLElement;
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    return {
      name: element.getAttribute("aria-label") ?? element.textContent?.replace(/\s+/g, " ").trim() ?? "",
      seen: outlineStyle !== "none" && Number.parseFloat(outlineWidth) > 0,
    };
  });

test("the palette opens on a slash and on Ctrl-K, and leads to the page that was typed", async ({ page }) => {
  await page.goto("/models");
  await expect(page.getByRole("row", { name: new RegExp(CREDIT.model) })).toBeVisible();
  await page.keyboard.press("/");
  const palette = page.getByRole("dialog", { name: "Jump to a model, version or page" });
  await expect(palette.getByRole("combobox")).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(palette).toHaveCount(0);

  await page.keyboard.press("Control+k");
  await expect(palette.getByRole("combobox")).toBeFocused();
  await page.keyboard.type(`${CREDIT.model} drift`);
  await expect(palette.getByRole("option").first()).toContainText("Drift");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(DRIFT);
  await expect(page.locator("p.verdict")).toContainText("income moved");
});

test("a slash in a field is a slash", async ({ page }) => {
  await page.goto("/models");
  const filter = page.getByRole("searchbox");
  await filter.click();
  await page.keyboard.type("a/b");
  await expect(filter).toHaveValue("a/b");
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("the first tab skips to the content, and from there every control of the drift page is reached and seen", async ({
  page,
}) => {
  await page.goto(DRIFT);
  await expect(page.getByRole("slider").nth(1)).toBeVisible();
  await page.keyboard.press("Tab");
  expect(await focused(page)).toEqual({ name: "Skip to the content", seen: true });
  await page.keyboard.press("Enter");
  await expect(page.locator("main")).toBeFocused();

  const reached: string[] = [];
  for (let stop = 0; stop < 80; stop++) {
    await page.keyboard.press("Tab");
    const { name, seen } = await focused(page);
    expect(seen, `the focus on “${name}” can be seen`).toBe(true);
    reached.push(name);
    if (name.startsWith("Export CSV")) break;
  }
  const wanted = [
    /^against/,
    /^window/,
    /^segment/,
    /raw rows/,
    /^Copy link/,
    /^Performance/,
    /^income/,
    /^Window of the report/,
    /^As a table/,
    /^week/,
    /^Export CSV/,
  ];
  const order = wanted.map((name) => reached.findIndex((each) => name.test(each)));
  expect(order, `in the order of the page: ${reached.join(" | ")}`).toEqual([...order].sort((a, b) => a - b));
  expect(order[0]).toBeGreaterThanOrEqual(0);
});

test("a box that Escape closes gives the focus back to what opened it", async ({ page }) => {
  await page.goto(DRIFT);
  const opener = page.getByRole("button", { name: /^window/ });
  await opener.press("Enter");
  await expect(page.getByRole("dialog", { name: "Window" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(opener).toBeFocused();
});

test("the colours that a reader chose are kept over a reload", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "light" });
  await page.goto("/models");
  await page.getByRole("button", { name: "Dark" }).click();
  await expect(page.locator("html")).toHaveClass(/dark/);
  await page.reload();
  await expect(page.locator("html")).toHaveClass(/dark/);
  await expect(page.getByRole("button", { name: "Dark" })).toHaveAttribute("aria-pressed", "true");
});
