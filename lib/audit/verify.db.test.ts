import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { type Database, rows } from "@/lib/db/client";
import { onEachStore } from "@/lib/db/testing";
import { recordAudit } from "./record";
import { verifyAudit } from "./verify";

const HASH_OF = sql.raw("sha256(coalesce(former_hash, ''::bytea) || convert_to(audit_content(e), 'UTF8'))");

onEachStore("the chain of the audit log", (fresh) => {
  async function written(events = 6): Promise<Database> {
    const { db } = await fresh();
    for (let i = 1; i <= events; i++) {
      await recordAudit(db, {
        actor: "key:trainer",
        action: "card.save",
        subject: `version:m/${i}`,
        before: { note: 'a "quoted" ü\\', n: 1e-7 },
        after: { i },
      });
    }
    return db;
  }

  /** What who owns the database can do: the triggers are out of the way while the statements run. */
  async function tamper(db: Database, ...statements: string[]): Promise<void> {
    for (const table of ["audit_event", "audit_head"]) {
      await db.execute(sql.raw(`ALTER TABLE ${table} DISABLE TRIGGER USER`));
    }
    for (const statement of statements) await db.execute(sql.raw(statement));
    for (const table of ["audit_event", "audit_head"]) {
      await db.execute(sql.raw(`ALTER TABLE ${table} ENABLE TRIGGER USER`));
    }
  }

  test("is whole where nobody touched it, empty or not, and continues over many at once", async () => {
    const { db } = await fresh();
    expect(await verifyAudit(db)).toEqual({ events: 0, head: { id: 0, hash: null }, broken: null });
    await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        recordAudit(db, { actor: "cli", action: "key.create", subject: `key:${i}` }),
      ),
    );
    // Two in one statement.
    await db.execute(
      sql`INSERT INTO audit_event (actor, action, subject) SELECT 'cli', 'key.revoke', s FROM unnest(ARRAY['key:a', 'key:b']) s`,
    );
    const verdict = await verifyAudit(db);
    expect(verdict).toMatchObject({ events: 22, broken: null, head: { id: 22 } });
    const times = await rows<{ at: string }>(
      db,
      sql`SELECT at::text AS at FROM audit_event ORDER BY event_id`,
    );
    expect(times.map(({ at }) => at)).toEqual(times.map(({ at }) => at).sort());
  });

  test.each([
    "UPDATE audit_event SET actor = 'key:other' WHERE event_id = 3",
    "UPDATE audit_event SET actor = 'key:other' WHERE false",
    "DELETE FROM audit_event WHERE event_id = 3",
    "TRUNCATE audit_event",
    "UPDATE audit_head SET event_id = 2",
    "DELETE FROM audit_head",
    "TRUNCATE audit_head",
  ])("the database refuses %s", async (statement) => {
    const db = await written(3);
    await expect(rows(db, sql.raw(statement))).rejects.toThrow(/the audit log is only added to/);
    expect(await verifyAudit(db)).toMatchObject({ events: 3, broken: null });
  });

  test("an event takes its number, time and hash from the chain, whatever a statement says", async () => {
    const db = await written(2);
    await db.execute(
      sql`INSERT INTO audit_event (event_id, at, actor, action, subject, hash) VALUES (77, '2001-01-01', 'x', 'y', 'z', '')`,
    );
    expect(await verifyAudit(db)).toMatchObject({ events: 3, broken: null });
  });

  const swap = (a: number, b: number) => [
    `UPDATE audit_event SET event_id = 999 WHERE event_id = ${a}`,
    `UPDATE audit_event SET event_id = ${a} WHERE event_id = ${b}`,
    `UPDATE audit_event SET event_id = ${b} WHERE event_id = 999`,
  ];

  test.each<[what: string, id: number, reason: string, statements: string[]]>([
    ["an edited actor", 3, "edited", ["UPDATE audit_event SET actor = 'key:other' WHERE event_id = 3"]],
    ["an edited value", 1, "edited", [`UPDATE audit_event SET after = '{"i": 2}' WHERE event_id = 1`]],
    [
      "an edited time",
      6,
      "edited",
      ["UPDATE audit_event SET at = at - interval '1 microsecond' WHERE event_id = 6"],
    ],
    ["a deleted event", 4, "deleted", ["DELETE FROM audit_event WHERE event_id = 4"]],
    ["a deleted first event", 1, "deleted", ["DELETE FROM audit_event WHERE event_id = 1"]],
    ["a deleted last event", 6, "deleted", ["DELETE FROM audit_event WHERE event_id = 6"]],
    [
      "a deleted event whose number was given to the next",
      4,
      "deleted",
      [
        "DELETE FROM audit_event WHERE event_id = 4",
        "UPDATE audit_event SET event_id = 4 WHERE event_id = 5",
        "UPDATE audit_event SET event_id = 5 WHERE event_id = 6",
      ],
    ],
    ["two events put in each other's place", 3, "reordered", swap(3, 4)],
    ["the first event put elsewhere", 1, "reordered", swap(1, 5)],
    [
      "an edited event with a hash that fits it",
      3,
      "replaced",
      [
        "UPDATE audit_event SET actor = 'key:other' WHERE event_id = 3",
        "UPDATE audit_event e SET hash = sha256(former_hash || convert_to(audit_content(e), 'UTF8')) WHERE event_id = 3",
      ],
    ],
    [
      "an edited last event with a hash that fits it",
      6,
      "replaced",
      [
        "UPDATE audit_event SET actor = 'key:other' WHERE event_id = 6",
        "UPDATE audit_event e SET hash = sha256(former_hash || convert_to(audit_content(e), 'UTF8')) WHERE event_id = 6",
      ],
    ],
    [
      "a forged event behind the last",
      7,
      "replaced",
      [
        "INSERT INTO audit_event (event_id, actor, action, subject, former_hash, hash) SELECT 7, 'x', 'y', 'z', hash, '' FROM audit_event WHERE event_id = 6",
        "UPDATE audit_event e SET hash = sha256(former_hash || convert_to(audit_content(e), 'UTF8')) WHERE event_id = 7",
      ],
    ],
    ["the head taken away", 6, "replaced", ["DELETE FROM audit_head"]],
  ])("%s is found and named", async (_, id, reason, statements) => {
    const db = await written();
    await tamper(db, ...statements);
    const { broken } = await verifyAudit(db);
    expect(broken).toMatchObject({ id, reason });
    expect(broken?.message).toContain(`event ${id} `);
  });

  test("a chain that was computed anew from the start is told by a head that was kept elsewhere", async () => {
    const db = await written();
    const { head: kept } = await verifyAudit(db);
    await tamper(db, "DELETE FROM audit_event WHERE event_id = 6", "UPDATE audit_head SET event_id = 5");
    await tamper(db, "UPDATE audit_head SET hash = (SELECT hash FROM audit_event WHERE event_id = 5)");
    expect((await verifyAudit(db)).broken).toBeNull();
    expect((await verifyAudit(db, kept)).broken).toMatchObject({ id: 6, reason: "deleted" });
    await recordAudit(db, { actor: "key:other", action: "card.save", subject: "version:m/6" });
    expect((await verifyAudit(db)).broken).toBeNull();
    expect((await verifyAudit(db, kept)).broken).toMatchObject({ id: 6, reason: "replaced" });
    expect(await rows(db, sql`SELECT 1 FROM audit_event e WHERE hash <> ${HASH_OF}`)).toEqual([]);
  });
});
