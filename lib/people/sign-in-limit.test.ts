import { expect, test } from "vitest";
import { SignInLimit } from "./sign-in-limit";

const MINUTE = 60_000;

test("eight wrong passwords for one person, from wherever, then a wait until the first is 15 minutes old", () => {
  const limit = new SignInLimit();
  for (let i = 0; i < 8; i++) {
    const who = { email: "ana@example.org", from: `10.0.0.${i}` };
    limit.check(who, i * MINUTE);
    limit.count(who, i * MINUTE);
  }
  const who = { email: "ana@example.org", from: "10.9.9.9" };
  expect(() => limit.check(who, 8 * MINUTE)).toThrow("try again in 7 minutes");
  expect(() => limit.check({ ...who, email: "ben@example.org" }, 8 * MINUTE)).not.toThrow();
  expect(() => limit.check(who, 15 * MINUTE + 1)).not.toThrow();
});

test("one machine that tries many people is stopped, and a right password is not counted", () => {
  const limit = new SignInLimit();
  const from = "10.0.0.1";
  for (let i = 0; i < 60; i++) limit.count({ email: `p${i}@example.org`, from }, 0);
  expect(() => limit.check({ email: "new@example.org", from }, 1)).toThrow("too many wrong passwords");
  limit.forget({ email: "p0@example.org", from });
  expect(() => limit.check({ email: "new@example.org", from }, 1)).not.toThrow();
});
