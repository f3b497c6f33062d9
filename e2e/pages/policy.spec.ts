import type { Page } from "@playwright/test";
import { expect, test } from "../test";
import { nameEverythingBadly } from "./hostile-names";

async function watch(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const seen = globalThis as unknown as { __violations: string[] };
    seen.__violations = [];
    document.addEventListener("securitypolicyviolation", (event) => {
      seen.__violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
    });
  });
}

const found = (page: Page) =>
  page.evaluate(() => {
    const seen = globalThis as unknown as { __violations: string[]; __ran?: number };
    return { ran: seen.__ran ?? null, violations: seen.__violations };
  });

test("what people and clients call things runs nowhere, and no page breaks its own policy", async ({
  page,
  api,
  ownName,
}) => {
  // Some forty pages, each until nothing moves any more.
  test.setTimeout(400_000);
  const { pages } = await nameEverythingBadly(api.url, ownName("x"));
  await watch(page);
  const nonces = new Set<string>();
  for (const path of pages) {
    const reply = await page.goto(path);
    const policy = reply!.headers()["content-security-policy"]!;
    expect(policy).not.toMatch(/script-src[^;]*'unsafe-(inline|eval)'/);
    const [nonce] = /'nonce-[^']+'/.exec(policy)!;
    expect(nonces, path).not.toContain(nonce);
    nonces.add(nonce);
    await expect(page.locator("main")).toBeVisible();
    await page.waitForLoadState("networkidle");
    expect(await found(page), path).toEqual({ ran: null, violations: [] });
  }
});

test("a script that gets into a page does not run, and the listener hears of it", async ({
  page,
  complaints,
}) => {
  complaints.expect(/Content Security Policy|inline script/);
  await watch(page);
  await page.goto("/models");
  await page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "globalThis.__ran = 1";
    document.body.append(script);
  });
  const { ran, violations } = await found(page);
  expect(ran).toBeNull();
  expect(violations.join()).toContain("script-src");
});
