import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { CREDIT, SEATS } from "../seed";
import { SWEEP } from "../seed-runs";
import { expect, test } from "../test";

const CLASSIFIER = `/models/${CREDIT.model}/${CREDIT.version}`;
const REGRESSOR = `/models/${SEATS.model}/${SEATS.version}`;

/** Every page, with something that is only there when its data are. */
const PAGES: { name: string; path: string; ready: (page: Page) => ReturnType<Page["locator"]> }[] = [
  { name: "models", path: "/models", ready: (page) => page.locator("p.verdict", { hasText: "a look" }) },
  {
    name: "overview",
    path: CLASSIFIER,
    ready: (page) => page.getByRole("region", { name: "What moved" }).getByRole("listitem").first(),
  },
  {
    name: "overview without a baseline",
    path: REGRESSOR,
    ready: (page) => page.getByRole("heading", { name: "Next: set a baseline" }),
  },
  {
    name: "drift of a number",
    path: `${CLASSIFIER}/drift?feature=income`,
    ready: (page) => page.getByRole("slider").nth(1),
  },
  {
    name: "drift of a category",
    path: `${CLASSIFIER}/drift?feature=region&bucket=week&exact=true`,
    ready: (page) => page.getByRole("slider").nth(1),
  },
  {
    name: "drift without a baseline",
    path: `${REGRESSOR}/drift`,
    ready: (page) => page.getByRole("slider").first(),
  },
  {
    name: "performance",
    path: `${CLASSIFIER}/performance`,
    ready: (page) => page.getByRole("heading", { name: "Calibration" }),
  },
  {
    name: "quality",
    path: `${CLASSIFIER}/quality`,
    ready: (page) => page.getByRole("region", { name: "Data quality per column" }),
  },
  {
    name: "predictions",
    path: `${CLASSIFIER}/predictions`,
    ready: (page) => page.getByText("200 rows so far"),
  },
  {
    name: "settings",
    path: `${CLASSIFIER}/settings`,
    ready: (page) => page.getByRole("tab", { name: "From a file" }),
  },
  {
    name: "connect",
    path: "/connect",
    ready: (page) => page.getByRole("region", { name: "Log predictions" }),
  },
  {
    name: "API reference",
    path: "/api-docs",
    ready: (page) => page.getByText("/api/v1/predictions").first(),
  },
  { name: "keys", path: "/keys", ready: (page) => page.getByRole("button", { name: "Create a key" }) },
  {
    name: "webhooks",
    path: "/webhooks",
    ready: (page) => page.getByRole("button", { name: "Add a webhook" }),
  },
  { name: "audit log", path: "/audit", ready: (page) => page.getByRole("region", { name: "Audit log" }) },
  { name: "not found", path: "/nowhere", ready: (page) => page.getByRole("link", { name: "All models" }) },
];

/** Pages of runs, whose addresses hold ids that only the server knows. */
const RUN_PAGES: {
  name: string;
  path: (runs: string[]) => string;
  ready: (page: Page) => ReturnType<Page["locator"]>;
}[] = [
  {
    name: "experiments",
    path: () => "/experiments",
    ready: (page) => page.getByRole("link", { name: SWEEP.experiment }),
  },
  {
    name: "runs",
    path: () => "/experiments/1",
    ready: (page) => page.getByRole("link", { name: "trial-27" }),
  },
  {
    name: "runs in groups",
    path: () => "/experiments/1?group=params.learning_rate",
    ready: (page) => page.getByRole("button", { name: /^0.3/ }),
  },
  {
    name: "a run",
    path: ([run]) => `/runs/${run}`,
    ready: (page) => page.getByRole("cell", { name: "val/auc" }),
  },
  {
    name: "a run's curves",
    path: ([run]) => `/runs/${run}?tab=metrics`,
    ready: (page) => page.getByRole("img", { name: /^val\/auc/ }),
  },
  {
    name: "a run's files",
    path: ([run]) => `/runs/${run}?tab=files&file=report/confusion.csv`,
    ready: (page) => page.getByRole("cell", { name: "120" }),
  },
  ...(
    [
      ["curves", /^val\/auc/, "img"],
      ["diff", "Differences", "region"],
      ["parallel", "Parallel coordinates", "region"],
      ["scatter", /over/, "img"],
      ["importance", "Importance of params", "region"],
    ] as const
  ).map(([tab, name, role]) => ({
    name: `comparison: ${tab}`,
    path: (runs: string[]) => `/compare?runs=${runs.join(",")}&tab=${tab}&base=${runs[0]}`,
    ready: (page: Page) => page.getByRole(role, { name }).first(),
  })),
];

const SIZES = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
] as const;

/** @param rules those to hold the page against; all of them where none is named */
async function violations(page: Page, rules: string[] = []): Promise<string[]> {
  const axe = new AxeBuilder({ page });
  const { violations } = await (rules.length > 0 ? axe.withRules(rules) : axe).analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary}`),
  );
}

const sidewaysPixels = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

for (const { name, path, ready } of PAGES) {
  for (const viewport of SIZES) {
    test(`${name} at ${viewport.width} px keeps to the rules of accessibility, light and dark`, async ({
      page,
      complaints,
    }) => {
      if (path === "/nowhere") complaints.expect(/404/);
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme: "light" });
      await page.goto(path);
      await expect(ready(page)).toBeVisible();
      expect(await violations(page)).toEqual([]);
      expect(await sidewaysPixels(page), "pixels that the page scrolls sideways").toBe(0);

      await page.emulateMedia({ colorScheme: "dark" });
      await expect(page.locator("html")).toHaveClass(/dark/);
      // Only colours differ.
      expect(await violations(page, ["color-contrast"])).toEqual([]);
    });
  }
}

for (const { name, path, ready } of RUN_PAGES) {
  test(`${name} keeps to the rules of accessibility, wide and narrow, light and dark`, async ({
    page,
    api,
  }) => {
    const { runs } = await api.get<{ runs: { run_id: string }[] }>(
      "/api/v1/experiments/1/runs?order=asc&limit=10",
    );
    await page.emulateMedia({ colorScheme: "light" });
    for (const viewport of SIZES) {
      await page.setViewportSize(viewport);
      await page.goto(path(runs.map(({ run_id }) => run_id)));
      await expect(ready(page)).toBeVisible();
      expect(await violations(page)).toEqual([]);
      expect(await sidewaysPixels(page), "pixels that the page scrolls sideways").toBe(0);
    }
    await page.emulateMedia({ colorScheme: "dark" });
    await expect(page.locator("html")).toHaveClass(/dark/);
    expect(await violations(page, ["color-contrast"])).toEqual([]);
  });
}

test("open boxes keep to the rules too: window, segment, table, new key, palette, a row, the phone's menu", async ({
  page,
}) => {
  const check = async (what: string) => expect(await violations(page), what).toEqual([]);
  await page.goto(`${CLASSIFIER}/drift`);
  for (const name of [/^against/, /^window/, /^segment/, /^what would change/]) {
    // A table's heading may begin with the same word; only the control opens a box.
    await page.getByRole("button", { name }).and(page.locator("[aria-haspopup=dialog]")).click();
    await expect(page.getByRole("dialog")).toBeVisible();
    await check(String(name));
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toHaveCount(0);
  }
  await page.getByRole("button", { name: "As a table", exact: true }).click();
  await expect(page.getByRole("dialog").getByRole("table")).toBeVisible();
  await check("table");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("option").first()).toBeVisible();
  await check("palette");

  await page.goto("/keys");
  await page.getByRole("button", { name: "Create a key" }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await check("new key");

  await page.goto(`${CLASSIFIER}/predictions`);
  await page.getByRole("region", { name: "Predictions" }).getByRole("button").first().click();
  await expect(page.getByRole("dialog").getByRole("table")).toBeVisible();
  await check("a row");

  await page.setViewportSize(SIZES[1]);
  await page.goto("/models");
  await page.getByRole("button", { name: "Menu" }).click();
  await expect(page.getByRole("dialog").getByRole("link", { name: "API keys" })).toBeVisible();
  await check("menu");
});
