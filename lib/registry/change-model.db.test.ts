import { beforeAll, expect, test } from "vitest";
import { listEvents } from "@/lib/audit/list";
import { onEachStore, type TestStore } from "@/lib/db/testing";
import { changeModel } from "./change-model";
import { listVersions } from "./list-versions";
import { createModel } from "./models";

onEachStore("a model's words", (fresh) => {
  let store: TestStore;

  beforeAll(async () => {
    store = await fresh();
    await createModel(
      store.db,
      { model: "churn", description: "who leaves", tags: [{ key: "team", value: "red" }] },
      { actor: "key:ada" },
    );
  });

  test("are changed together, what is left out stays, and the audit log says what was before", async () => {
    const after = await changeModel(
      store.db,
      "churn",
      { description: "who cancels", owner: "bo", tags: { team: null, domain: "billing" }, why: "reworded" },
      "person:bo",
    );
    expect(after).toMatchObject({
      description: "who cancels",
      owner: "bo",
      tags: [{ key: "domain", value: "billing" }],
    });
    const { events } = await listEvents(store.db, { limit: 1 });
    expect(events[0]).toMatchObject({
      actor: "person:bo",
      action: "model.describe",
      subject: "model:churn",
      before: { description: "who leaves", owner: "key:ada", "tag team": "red" },
      after: {
        description: "who cancels",
        owner: "bo",
        "tag domain": "billing",
        "tag team": null,
        why: "reworded",
      },
    });
    expect(await changeModel(store.db, "churn", { owner: null }, "person:bo")).toMatchObject({
      description: "who cancels",
      owner: null,
    });
  });

  test("a change made from an older view is refused and says who came before", async () => {
    const { revision } = await listVersions(store.db, "churn");
    await changeModel(store.db, "churn", { revision, description: "first" }, "key:ada");
    await expect(
      changeModel(store.db, "churn", { revision, description: "second" }, "person:bo"),
    ).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("key ada described it last"),
    });
    expect((await listVersions(store.db, "churn")).description).toBe("first");
  });

  test("a change of nothing leaves no line; a model that is not there says so", async () => {
    const { revision } = await listVersions(store.db, "churn");
    const { events } = await listEvents(store.db, { limit: 1 });
    expect(await changeModel(store.db, "churn", { description: "first" }, "key:ada")).toMatchObject({
      revision,
    });
    expect((await listEvents(store.db, { limit: 1 })).events).toEqual(events);
    await expect(changeModel(store.db, "nobody", { owner: "x" }, "key:ada")).rejects.toMatchObject({
      code: "not_found",
    });
  });
});
