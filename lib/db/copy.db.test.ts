import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { rows } from "./client";
import { copyRows } from "./copy";
import { CopyWriter } from "./copy-format";
import { sqlState } from "./errors";
import { onEachStore } from "./testing";

onEachStore("copying rows", (fresh) => {
  async function table() {
    const { db } = await fresh();
    await rows(
      db,
      sql`CREATE TABLE thing (id integer PRIMARY KEY, name text, at timestamptz, size float8, parts float8[])`,
    );
    await rows(db, sql`CREATE TABLE note (text text)`);
    const copy = (things: Thing[], { before = sql`SELECT 1`, after = sql`SELECT 1` } = {}) =>
      copyRows(db, { before, into: sql`thing (id, name, at, size, parts)`, data: pack(things), after });
    const names = async () =>
      (await rows<{ name: string }>(db, sql`SELECT name FROM thing ORDER BY id`)).map(({ name }) => name);
    const notes = async () => rows<{ text: string }>(db, sql`SELECT text FROM note`);
    return { db, copy, names, notes };
  }

  type Thing = {
    id: number;
    name: string | null;
    atMs?: number;
    size?: number | null;
    parts?: (number | null)[] | null;
  };

  function pack(things: Thing[]): Buffer {
    const writer = new CopyWriter(1);
    for (const { id, name, atMs = 0, size = null, parts = null } of things) {
      writer.row(5);
      writer.int4(id);
      writer.text(name);
      writer.timestamp(atMs);
      writer.float8(size);
      if (parts) writer.float8s(parts);
      else writer.null();
    }
    return writer.finish();
  }

  test("every value arrives as it was", async () => {
    const { db, copy } = await table();
    const times = [0, 1, -1, 946_684_800_000, 1_772_323_500_123, 253_402_300_799_999, -62_135_596_800_000];
    await copy([
      ...times.map((atMs, id) => ({ id, name: null, atMs })),
      { id: 100, name: "Zürich, 東京 🛫 \\ ' \" \t\n {}", size: 5e-324, parts: [1.5, null, Number.NaN, -0] },
      { id: 101, name: "", size: -1.7976931348623157e308, parts: [] },
      {
        id: 102,
        name: "x".repeat(5000),
        size: 0.1 + 0.2,
        parts: Array.from({ length: 900 }, (_, i) => i / 7),
      },
    ]);
    const found = await rows<{ id: number; name: string; ms: number; size: number; parts: number[] }>(
      db,
      sql`SELECT id, name, (extract(epoch FROM at) * 1000)::float8 AS ms, size, to_json(parts) AS parts FROM thing ORDER BY id`,
    );
    expect(found.slice(0, times.length).map(({ ms }) => ms)).toEqual(times);
    const [odd, empty, long] = found.slice(times.length);
    expect(odd).toMatchObject({ name: "Zürich, 東京 🛫 \\ ' \" \t\n {}", size: 5e-324 });
    expect(odd!.parts.map((value) => (value === null ? null : value + 0))).toEqual([1.5, null, null, 0]);
    expect(empty).toMatchObject({ name: "", size: -1.7976931348623157e308, parts: [] });
    expect(long!.name).toHaveLength(5000);
    expect(long).toMatchObject({ size: 0.1 + 0.2, parts: Array.from({ length: 900 }, (_, i) => i / 7) });
  });

  test("a row that is there already keeps all of them out, and what goes before and after too", async () => {
    const { copy, names, notes } = await table();
    const note = (text: string) => sql`INSERT INTO note VALUES (${text})`;
    await copy([{ id: 1, name: "it's one" }], {
      before: note("before '; DROP TABLE note; --"),
      after: note("\\'"),
    });
    const twice = copy(
      [2, 3, 1].map((id) => ({ id, name: `again ${id}` })),
      { before: note("no"), after: note("no") },
    );
    await expect(twice.catch((error) => sqlState(error))).resolves.toBe("23505");
    expect(await names()).toEqual(["it's one"]);
    expect(await notes()).toEqual([{ text: "before '; DROP TABLE note; --" }, { text: "\\'" }]);
  });

  test("what is raised before or after keeps the rows out", async () => {
    const { copy, names } = await table();
    const raise = sql`SELECT 1 / 0`;
    for (const where of ["before", "after"]) {
      const refused = copy([{ id: 1, name: "one" }], { [where]: raise });
      await expect(refused.catch((error) => sqlState(error))).resolves.toBe("22012");
    }
    expect(await names()).toEqual([]);
  });

  test("many at once, among other queries and refusals, each get their own answer", async () => {
    const { db, copy, names } = await table();
    const work = Array.from({ length: 120 }, (_, i) => {
      if (i % 3 === 0) return copy([{ id: i, name: `row ${i}` }]).then(() => "copied");
      if (i % 3 === 1) {
        return copy([
          { id: i - 1, name: "twice" },
          { id: i - 1, name: "twice" },
        ]).catch((error) => sqlState(error));
      }
      return rows<{ i: number }>(db, sql`SELECT ${i}::int AS i`).then(([row]) => row!.i);
    });
    const answers = await Promise.all(work);
    expect(answers).toEqual(answers.map((_, i) => (i % 3 === 0 ? "copied" : i % 3 === 1 ? "23505" : i)));
    expect(await names()).toHaveLength(40);
  });
});
