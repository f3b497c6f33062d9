import { existsSync } from "node:fs";
import { defineConfig, devices } from "@playwright/test";
import { SERVERS } from "./e2e/servers";

// Debian's Chromium where it is installed; else the browser that `npx playwright install chromium` brought.
const executablePath = ["/usr/bin/chromium", "/usr/bin/chromium-browser"].find(existsSync);

export default defineConfig({
  testDir: "e2e",
  testMatch: "**/*.spec.ts",
  outputDir: ".test/browser",
  globalSetup: "./e2e/global-setup.ts",
  fullyParallel: true,
  workers: 2,
  retries: 0,
  timeout: 120_000,
  expect: { timeout: 30_000 },
  reporter: [
    ["list"],
    ["json", { outputFile: process.env.PLAYWRIGHT_JSON_OUTPUT_NAME ?? ".test/results/browser.json" }],
  ],
  use: {
    ...devices["Desktop Chrome"],
    viewport: { width: 1440, height: 900 },
    timezoneId: "America/New_York",
    launchOptions: {
      ...(executablePath ? { executablePath } : {}),
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
    trace: "retain-on-failure",
  },
  projects: [
    { name: SERVERS.embedded.name, use: { baseURL: SERVERS.embedded.url } },
    // What a page looks like and which keys it takes does not depend on the store.
    { name: SERVERS.postgres.name, use: { baseURL: SERVERS.postgres.url }, testIgnore: "**/pages/**" },
  ],
});
