import { readdirSync } from "node:fs";
import { request } from "@playwright/test";
import { ROLES, type Role } from "@/lib/people/roles";
import { CREDIT } from "../seed";
import { BOOTSTRAP_KEY, emailOf, sessionFile } from "../servers";
import { expect, test } from "../test";

/**
 * Who may see what a page holds, by its address in app/. Written out by hand: a page that is new, or changes its mind,
 * fails here. "open": without signing in.
 */
const LEAST: Record<string, Role | "open"> = {
  "/": "viewer",
  "/account": "viewer",
  "/api-docs": "viewer",
  "/audit": "admin",
  "/compare": "viewer",
  "/connect": "viewer",
  "/experiments": "viewer",
  "/experiments/[experiment]": "viewer",
  "/keys": "viewer",
  "/models": "viewer",
  "/models/[model]": "viewer",
  "/models/[model]/[version]": "viewer",
  "/models/[model]/[version]/card": "viewer",
  "/models/[model]/[version]/compare": "viewer",
  "/models/[model]/[version]/drift": "viewer",
  "/models/[model]/[version]/evaluate": "viewer",
  "/models/[model]/[version]/performance": "viewer",
  "/models/[model]/[version]/predictions": "viewer",
  "/models/[model]/[version]/promote": "viewer",
  "/models/[model]/[version]/quality": "viewer",
  "/models/[model]/[version]/settings": "viewer",
  "/models/[model]/[version]/versions": "viewer",
  "/people": "admin",
  "/promotions": "viewer",
  "/promotions/[id]": "viewer",
  "/promotions/policy": "viewer",
  "/runs/[run]": "viewer",
  "/sign-in": "open",
  "/webhooks": "admin",
  "/welcome": "open",
};

const PAGES = readdirSync("app", { recursive: true, encoding: "utf8" })
  .map((file) => file.replaceAll("\\", "/"))
  .filter((file) => /(^|\/)page\.tsx?$/.test(file))
  .map((file) => `/${file.replace(/\/?page\.tsx?$/, "")}`);

/** Where a page leads on from, to one that stands in the table itself. */
const LEADS_ON = ["/", "/models/[model]"];

const addressOf = (page: string) =>
  page
    .replace("[model]", CREDIT.model)
    .replace("[version]", CREDIT.version)
    .replace("[experiment]", "0")
    .replace(/\[\w+\]/g, "nothing")
    .replace("/promotions/policy", `/promotions/policy?model=${CREDIT.model}`);

/** What the pages of administrators hold, and no other page: somebody else's address, somebody else's deeds. */
const secretsOf = (role: Role | null): RegExp[] => [
  new RegExp(emailOf(role === "analyst" ? "reviewer" : "analyst").replace(".", "\\.")),
  /person\.join|person\.invite|key\.create|model\.create/,
];
const SECRET = ["/people", "/audit"];
/** Of the model whose pages are opened. */
const A_FEATURE = /\bincome\b/;
const DENIED = "This page is not yours to see.";

test("every page has its rule, and every rule its page", () => {
  expect(Object.keys(LEAST).sort()).toEqual([...PAGES].sort());
});

type Sent = { who: string; storageState?: string; headers: Record<string, string> };

async function open(baseURL: string, page: string, { storageState, headers }: Sent) {
  const context = await request.newContext({
    baseURL,
    // Else it would be the test's own, an administrator's.
    storageState: storageState ?? { cookies: [], origins: [] },
    extraHTTPHeaders: headers,
  });
  const address = addressOf(page);
  // As Next's own pages ask for parts; without the word they would be sent there first.
  const asked = headers === PARTS ? `${address}${address.includes("?") ? "&" : "?"}_rsc` : address;
  const reply = await context.get(asked, { maxRedirects: 0 });
  const found = { status: reply.status(), to: reply.headers().location ?? null, html: await reply.text() };
  await context.dispose();
  return found;
}

/** A browser that goes to an address. */
const VISIT = { "sec-fetch-site": "none", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document" };
/** A script of another site, and one of a page of ours that asks for the parts of a page alone. */
const FOREIGN = { "sec-fetch-site": "cross-site", "sec-fetch-mode": "cors", origin: "https://evil.example" };
const PARTS = { "sec-fetch-site": "same-origin", "sec-fetch-mode": "cors", rsc: "1" };

test("nobody sees a page without signing in: not by a key, not with a cookie that another site sends along", async ({
  baseURL,
}, { project }) => {
  const nobody: Sent[] = [
    { who: "nobody", headers: VISIT },
    { who: "nobody, asking for parts", headers: PARTS },
    { who: "a key", headers: { ...VISIT, authorization: `Bearer ${BOOTSTRAP_KEY}` } },
    { who: "another site", headers: FOREIGN, storageState: sessionFile(project.name, "admin") },
  ];
  for (const sent of nobody) {
    for (const page of PAGES) {
      const { status, to, html } = await open(baseURL!, page, sent);
      // It says nothing but where to go on.
      if (page === "/") expect(to ?? html, sent.who).toMatch(/\/(models|sign-in)/);
      else if (LEAST[page] === "open") expect(status, `${sent.who}: ${page}`).toBe(200);
      // Parts lead there by their own content.
      else expect(status === 307 ? to : html, `${sent.who}: ${page}`).toContain("/sign-in");
      expect(html, `${sent.who}: ${page}`).not.toMatch(A_FEATURE);
      for (const secret of secretsOf(null)) expect(html, `${sent.who}: ${page}`).not.toMatch(secret);
    }
  }
});

for (const role of ROLES) {
  test(`a ${role} sees the pages that are a ${role}'s, and of the others only that they are not`, async ({
    baseURL,
  }, { project }) => {
    const storageState = sessionFile(project.name, role);
    for (const headers of [VISIT, PARTS]) {
      for (const page of PAGES) {
        const told = `${role}: ${page}${headers === PARTS ? ", its parts" : ""}`;
        const { status, to, html } = await open(baseURL!, page, { who: role, storageState, headers });
        const least = LEAST[page]!;
        if (page === "/sign-in") expect(to ?? html, told).toMatch(/^\/$|NEXT_REDIRECT/);
        else if (LEADS_ON.includes(page))
          expect(to ?? html, told).toMatch(headers === VISIT ? /\/models/ : /./);
        else expect(status, told).toBe(200);
        if (least === "open" || LEADS_ON.includes(page)) continue;
        const may = ROLES.indexOf(role) >= ROLES.indexOf(least);
        if (headers === VISIT) expect(html.includes(DENIED), told).toBe(!may);
        const [address, deeds] = secretsOf(role) as [RegExp, RegExp];
        if (!may) for (const secret of [address, deeds]) expect(html, told).not.toMatch(secret);
        // Else what is not found above proves nothing.
        if (may && headers === VISIT && SECRET.includes(page)) {
          expect(html, told).toMatch(page === "/people" ? address : deeds);
        }
      }
    }
  });
}
