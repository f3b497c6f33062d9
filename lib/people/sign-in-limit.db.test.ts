import { sql } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { type Database, openStore, rows } from "@/lib/db/client";
import { onEachStore, type TestStore } from "@/lib/db/testing";
import { countTry, forgetTries } from "./sign-in-limit";

onEachStore("the limit of tries to sign in", (fresh, kind) => {
  let store: TestStore;
  let db: Database;
  beforeAll(async () => {
    store = await fresh();
    db = store.db;
  });
  const pass = (minutes: number) =>
    rows(db, sql`UPDATE sign_in_try SET at = at - ${minutes} * interval '1 minute'`);

  test("eight wrong passwords for one person, from wherever, then a wait until the first is 15 minutes old", async () => {
    for (let i = 0; i < 8; i++) {
      await countTry(db, { email: "ana@example.org", from: `10.0.0.${i}` });
      await pass(1);
    }
    const who = { email: "ana@example.org", from: "10.9.9.9" };
    await expect(countTry(db, who)).rejects.toMatchObject({
      code: "overloaded",
      message: expect.stringContaining("try again in 7 minutes"),
      retryAfterSeconds: expect.closeTo(7 * 60, -1),
    });
    await countTry(db, { ...who, email: "ben@example.org" });
    await pass(7.1);
    await countTry(db, who);
  });

  test("one machine that tries many people is stopped, and a right password is not counted", async () => {
    const from = "10.0.1.1";
    for (let i = 0; i < 60; i++) await countTry(db, { email: `p${i}@example.org`, from });
    await expect(countTry(db, { email: "new@example.org", from })).rejects.toThrow(
      "too many wrong passwords",
    );
    await forgetTries(db, { email: "p0@example.org", from });
    await countTry(db, { email: "new@example.org", from });
  });

  test("many tries at one moment are eight tries", async () => {
    const who = { email: "all-at-once@example.org", from: "10.0.2.1" };
    const tries = await Promise.allSettled(Array.from({ length: 30 }, () => countTry(db, who)));
    expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(8);
  });

  // The embedded store is one process's, and what it counted is in its folder.
  test.runIf(kind === "postgres")("another process on the same store has no tries of its own", async () => {
    const who = { email: "two-doors@example.org", from: "10.0.4.1" };
    const other = await openStore({ databaseUrl: store.url!, dataDir: "", poolSize: 1 });
    try {
      for (let i = 0; i < 8; i++) await countTry(i % 2 ? db : other.db, who);
      await expect(countTry(db, who)).rejects.toThrow("too many");
      await expect(countTry(other.db, who)).rejects.toThrow("too many");
    } finally {
      await other.close();
    }
  });

  test("what was tried is not kept in words, and goes when it counts no more", async () => {
    await countTry(db, { email: "Secret-Password1", from: "10.0.3.1" });
    const kept = await rows<{ key: string }>(db, sql`SELECT DISTINCT key FROM sign_in_try`);
    for (const { key } of kept) expect(key).toMatch(/^[0-9a-f]{64}$/);
    await pass(16);
    await countTry(db, { email: "x@example.org", from: "10.0.3.2" });
    const [left] = await rows<{ n: number }>(db, sql`SELECT count(*)::int AS n FROM sign_in_try`);
    expect(left!.n).toBe(2);
  });
});
