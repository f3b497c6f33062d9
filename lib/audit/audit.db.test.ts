import { expect, test } from "vitest";
import { onEachStore } from "@/lib/db/testing";
import { AuditQuery, listEvents } from "./list";
import { recordAudit } from "./record";
import { AuditPage } from "./schema";

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
});
