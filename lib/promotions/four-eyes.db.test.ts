import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { rows } from "@/lib/db/client";
import { onEachStore } from "@/lib/db/testing";
import { createModel } from "@/lib/registry/models";

onEachStore("four eyes", (fresh) => {
  test("the store itself keeps out an approval of who asked, whatever writes it", async () => {
    const { db } = await fresh();
    await createModel(db, { model: "credit" }, { actor: "key:ada" });
    const id = randomUUID();
    await rows(
      db,
      sql`INSERT INTO promotion (model_id, promotion_id, version, kind, target, archive, reason, asked_by, asked_person,
            snapshot, passed, approvals, evidence, mark)
          SELECT model_id, ${id}::uuid, '1', 'stage', 'Production', true, 'better', 'key:ada', 'key:ada', '{}', true, 1,
            '{}', '{}' FROM model`,
    );
    const write = (kind: string, person: string) =>
      rows(
        db,
        sql`INSERT INTO promotion_event (model_id, promotion_id, actor, person, kind, words)
            SELECT model_id, ${id}::uuid, 'key:somebody', ${person}, ${kind}, 'good' FROM model`,
      );
    await expect(write("approve", "key:ada")).rejects.toMatchObject({ code: "TM044" });
    await write("comment", "key:ada");
    await write("approve", "key:ben");
    const approved = await rows<{ person: string }>(
      db,
      sql`SELECT person FROM promotion_event WHERE kind = 'approve'`,
    );
    expect(approved).toEqual([{ person: "key:ben" }]);
  });
});
