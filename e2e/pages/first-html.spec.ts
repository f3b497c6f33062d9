import { CREDIT } from "../seed";
import { BOOTSTRAP_KEY } from "../servers";
import { expect, test } from "../test";

const VERSION = `/models/${CREDIT.model}/${CREDIT.version}`;

/** A page, and what of it a reader looks for first. */
const PAGES: readonly [path: string, shows: RegExp][] = [
  [`/models?q=${CREDIT.model}`, /credit-risk version 1.*2,016/],
  [VERSION, /Predictions ?2,016/],
  [`${VERSION}/drift`, /income moved: D = 0\.\d+/],
  [`${VERSION}/drift?against=previous`, /D = 0\.\d+ against the period before/],
  [`${VERSION}/performance`, /AUC (is|fell|rose).* 0\.\d{3}/],
  [`${VERSION}/quality`, /4,032 predictions/],
  [`${VERSION}/predictions`, /200 rows so far.*14 Mar/],
  [`${VERSION}/settings`, /4,000 rows/],
  ["/keys", /keys? in use|client can log in/],
  ["/webhooks", /told of changes|Nobody is told/],
  ["/audit", /baseline\.put/],
];

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  for (const [path, shows] of PAGES) {
    test(`the HTML of ${path} holds its numbers`, async ({ page }) => {
      // A server that is busy with other tests may leave a slow answer to the browser.
      await expect(async () => {
        await page.goto(path);
        await expect(page.locator("main")).toContainText(shows, { timeout: 1_000 });
        await expect(page.getByRole("status", { name: /load|comput/i })).toHaveCount(0, { timeout: 1_000 });
      }).toPass();
    });
  }
});

test("a model's address leads to the version in use without a page in between", async ({ page }) => {
  await expect(async () => {
    const reply = await page.request.get(`/models/${CREDIT.model}`, { maxRedirects: 0 });
    expect(reply.status()).toBe(307);
    expect(reply.headers().location).toBe(VERSION);
  }).toPass();
});

test("a page opened with a key, good or bad, holds no numbers: pages are for people", async ({ page }) => {
  for (const key of ["tm_nobody", BOOTSTRAP_KEY]) {
    const reply = await page.request.get(`${VERSION}/drift`, {
      headers: { authorization: `Bearer ${key}` },
      maxRedirects: 0,
    });
    expect(reply.status()).toBe(307);
    expect(await reply.text()).not.toContain("income moved");
  }
});
