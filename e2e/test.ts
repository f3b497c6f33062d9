import { test as base, expect, type Page } from "@playwright/test";
import type { Role } from "@/lib/people/roles";
import { type Post, poster } from "./seed";
import { BOOTSTRAP_KEY, SERVERS, sessionFile, WITHOUT_POSTGRES } from "./servers";

type Api = {
  /** Where the server is that this project tests. */
  url: string;
  /** Reads as a client with every scope; the reply must be a success. */
  get: <Reply>(path: string) => Promise<Reply>;
  post: Post;
};

/** What a page complained of on its console, and what a test knew would be complained of. */
class Complaints {
  readonly #heard: string[] = [];
  readonly #expected: RegExp[] = [];

  listen(page: Page): void {
    page.on("console", (message) => {
      if (message.type() === "error") this.#heard.push(`${message.text()} (${message.location().url})`);
    });
    page.on("pageerror", (error) => this.#heard.push(String(error.stack ?? error)));
  }

  /** E.g. the browser's own line about a request that a test makes fail. */
  expect(pattern: RegExp): void {
    this.#expected.push(pattern);
  }

  get unexpected(): string[] {
    return this.#heard.filter((text) => !this.#expected.some((pattern) => pattern.test(text)));
  }
}

type Fixtures = {
  api: Api;
  complaints: Complaints;
  /**
   * Who is signed in when a test begins: an administrator unless the file or group says `test.use({ role: "viewer" })`;
   * null for nobody.
   */
  role: Role | null;
  storeIsThere: undefined;
  /** A name that no other test, retry or repetition uses. */
  ownName: (prefix: string) => string;
};

let names = 0;

export const test = base.extend<Fixtures>({
  storeIsThere: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from this pattern
    async ({}, use, testInfo) => {
      const reason = process.env[WITHOUT_POSTGRES];
      testInfo.skip(reason !== undefined && testInfo.project.name === SERVERS.postgres.name, reason);
      await use(undefined);
    },
    { auto: true },
  ],
  role: ["admin", { option: true }],
  storageState: async ({ role }, use, testInfo) => {
    await use(role === null ? { cookies: [], origins: [] } : sessionFile(testInfo.project.name, role));
  },
  complaints: [
    async ({ page }, use) => {
      const complaints = new Complaints();
      complaints.listen(page);
      await use(complaints);
      expect(complaints.unexpected, "what the page complained of on its console").toEqual([]);
    },
    { auto: true },
  ],
  api: async ({ baseURL }, use) => {
    const url = baseURL!;
    await use({
      url,
      post: poster(url, BOOTSTRAP_KEY),
      async get<Reply>(path: string) {
        const response = await fetch(`${url}${path}`, {
          headers: { authorization: `Bearer ${BOOTSTRAP_KEY}` },
        });
        expect(response.status, `GET ${path}`).toBe(200);
        return (await response.json()) as Reply;
      },
    });
  },
  // biome-ignore lint/correctness/noEmptyPattern: as above
  ownName: async ({}, use, testInfo) => {
    await use((prefix) => `${prefix}-${testInfo.parallelIndex}-${Date.now().toString(36)}${names++}`);
  },
});

export { expect };
