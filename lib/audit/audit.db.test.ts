import { expect, test } from "vitest";
import { onEachStore } from "@/lib/db/testing";
import { exportEvents } from "./export";
import { AuditQuery, listEvents } from "./list";
import { recordAudit } from "./record";
import { AuditEvent, AuditPage } from "./schema";

onEachStore("audit", (fresh) => {
  test("events come back latest first, page by page, each once", async () => {
    const { db } = await fresh();
    for (let i = 1; i <= 5; i++) {
      await recordAudit(db, {
        actor: "page",
        action: "schema.correct",
        subject: `model:m/${i}`,
        before: { "a'b": null },
        after: { i, text: "ü" },
      });
    }
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = AuditPage.parse(await listEvents(db, AuditQuery.parse({ cursor, limit: 2 })));
      seen.push(...page.events.map((event) => event.subject));
      cursor = page.next_cursor ?? undefined;
    } while (cursor);
    expect(seen).toEqual([5, 4, 3, 2, 1].map((i) => `model:m/${i}`));
    const one = await listEvents(db, AuditQuery.parse({ subject: "model:m/3" }));
    expect(one.events).toMatchObject([{ before: { "a'b": null }, after: { i: 3, text: "ü" } }]);
    expect(one.next_cursor).toBeNull();
  });

  test("are found by who, what, of what and when, and exported as such", async () => {
    const { db } = await fresh();
    const written = [
      ["person:ana@example.org", "key.create", "key:1"],
      ["key:trainer", "card.save", "version:flights/1"],
      ["person:Ana@example.org", "card.save", "version:flights/2"],
      ["person:ben@example.org", "cardinal.see", "version:=HYPERLINK(1)/2"],
    ] as const;
    for (const [actor, action, subject] of written) await recordAudit(db, { actor, action, subject });
    const found = async (filter: Record<string, string>) =>
      (await listEvents(db, AuditQuery.parse(filter))).events.map(({ id }) => Number(id));
    expect(await found({ actor: "ANA@" })).toEqual([3, 1]);
    expect(await found({ action: "card." })).toEqual([3, 2]);
    expect(await found({ action: "card.save", subject: "flights/1" })).toEqual([2]);
    expect(await found({ actor: "%" })).toEqual([]);
    const [, second] = (await listEvents(db, AuditQuery.parse({}))).events;
    expect(await found({ from: "2001-01-01T00:00:00Z", to: "2001-01-02T00:00:00Z" })).toEqual([]);
    expect(await found({ from: second!.at })).toEqual(expect.arrayContaining([4]));

    const all = async (format: "csv" | "ndjson") => {
      let text = "";
      for await (const piece of exportEvents(db, { action: "cardinal.see" }, { format })) text += piece;
      return text;
    };
    const [header, row] = (await all("csv")).split("\r\n");
    expect(header).toBe("id,at,actor,action,subject,before,after,hash");
    expect(row).toMatch(
      /^4,[^,]+,person:ben@example.org,cardinal.see,version:=HYPERLINK\(1\)\/2,,,[0-9a-f]{64}$/,
    );
    const lines = (await all("ndjson")).trimEnd().split("\n");
    expect(lines.map((line) => AuditEvent.parse(JSON.parse(line)).id)).toEqual(["4"]);
  });

  test("a name that a spreadsheet would run as a formula is exported as text", async () => {
    const { db } = await fresh();
    await recordAudit(db, { actor: "=cmd|' /C calc'!A0", action: "key.create", subject: "@SUM(1)" });
    let text = "";
    for await (const piece of exportEvents(db, {}, { format: "csv" })) text += piece;
    expect(text).toContain(",'=cmd|' /C calc'!A0,key.create,'@SUM(1),");
  });
});
