import { expect, test } from "vitest";
import { readSettings } from "@/lib/settings";
import { oidcRole } from "./oidc-role";

const OIDC = {
  TIDEMARK_OIDC_ISSUER: "https://id.example.org/",
  TIDEMARK_OIDC_CLIENT_ID: "tidemark",
  TIDEMARK_OIDC_CLIENT_SECRET: "very-secret-words",
};

test("an identity provider is set up whole or not at all, and its secret is never shown", () => {
  expect(readSettings({}).oidc).toBeNull();
  expect(readSettings(OIDC).oidc).toMatchObject({ issuer: "https://id.example.org", name: "single sign-on" });
  const { TIDEMARK_OIDC_CLIENT_ID, ...rest } = OIDC;
  expect(() => readSettings(rest)).toThrow("TIDEMARK_OIDC_CLIENT_ID: sign-in by an identity provider wants");
  expect(() => readSettings({ TIDEMARK_SECRET: "short-secret" })).toThrow(
    "TIDEMARK_SECRET: must have at least 32",
  );
  expect(() => readSettings({ TIDEMARK_SMTP_URL: "http://me:pw@mail" })).toThrow(
    /^TIDEMARK_SMTP_URL: must start/,
  );
});

test("a claim's values become the strongest role that is mapped", () => {
  const { oidc } = readSettings({
    ...OIDC,
    TIDEMARK_OIDC_ROLE_CLAIM: "groups",
    TIDEMARK_OIDC_ROLES: "cn=ml=analyst, leads=reviewer",
  });
  expect(oidcRole(oidc!, { groups: ["leads", "cn=ml"] })).toBe("reviewer");
  expect(oidcRole(oidc!, { groups: "cn=ml" })).toBe("analyst");
  expect(oidcRole(oidc!, { groups: ["admin", null, 7] })).toBeNull();
  expect(oidcRole(oidc!, {})).toBeNull();
  const plain = readSettings({ ...OIDC, TIDEMARK_OIDC_ROLE_CLAIM: "role" }).oidc!;
  expect(oidcRole(plain, { role: "admin" })).toBe("admin");
  expect(() => readSettings({ TIDEMARK_OIDC_ROLES: "leads=boss" })).toThrow(
    '"leads=boss" has no role of viewer',
  );
});

test("the demo, which lets everybody in, runs on this machine's own address alone", () => {
  expect(readSettings({ TIDEMARK_DEMO: "1" }).demo).toBe(true);
  expect(() => readSettings({ TIDEMARK_DEMO: "1", HOST: "0.0.0.0" })).toThrow(
    "TIDEMARK_DEMO lets everybody in",
  );
});

test.each(["https://a.example/path", "ftp://a.example", "a.example"])("TIDEMARK_URL=%s is refused", (url) => {
  expect(() => readSettings({ TIDEMARK_URL: url })).toThrow("TIDEMARK_URL");
});
