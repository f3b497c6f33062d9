import { beforeAll, expect, test } from "vitest";
import { listEvents } from "@/lib/audit/list";
import { onEachStore, type TestStore } from "@/lib/db/testing";
import { createExperiment } from "@/lib/runs/experiments";
import { changeView, createView, deleteView, listViews } from "./views";

onEachStore("saved views", (fresh) => {
  let store: TestStore;
  let experimentId: string;
  const create = (view: object) =>
    createView(store.db, experimentId, { page: "runs", query: "", ...view } as never, "person:ada");

  beforeAll(async () => {
    store = await fresh();
    experimentId = await createExperiment(store.db, { name: "sweep" }, { nowMs: 0 });
  });

  test("are kept by name for their experiment alone, with who made them, and audited", async () => {
    const other = await createExperiment(store.db, { name: "other" }, { nowMs: 0 });
    const { view_id } = await create({ name: "best first", query: "sort=metrics.auc" });
    expect((await listViews(store.db, experimentId)).views).toEqual([
      expect.objectContaining({
        view_id,
        page: "runs",
        name: "best first",
        query: "sort=metrics.auc",
        is_default: false,
        created_by: "person:ada",
      }),
    ]);
    expect((await listViews(store.db, other)).views).toEqual([]);
    const { events } = await listEvents(store.db, { limit: 1 });
    expect(events[0]).toMatchObject({
      actor: "person:ada",
      action: "view.create",
      subject: `view:${experimentId}/${view_id}`,
      after: { name: "best first", query: "sort=metrics.auc" },
    });
    await expect(create({ name: "best first" })).rejects.toMatchObject({ code: "conflict" });
  });

  test("one is the default at most, and only of the runs", async () => {
    const a = await create({ name: "a", is_default: true });
    const b = await create({ name: "b" });
    const at = (view: string) => ({ experimentId, view });
    await changeView(store.db, at(b.view_id), { is_default: true }, "person:bo");
    const defaults = async () =>
      (await listViews(store.db, experimentId)).views
        .filter((view) => view.is_default)
        .map(({ name }) => name);
    expect(await defaults()).toEqual(["b"]);
    await changeView(store.db, at(b.view_id), { is_default: false }, "person:bo");
    expect(await defaults()).toEqual([]);
    const compared = await create({ name: "c", page: "compare" });
    await expect(
      changeView(store.db, at(compared.view_id), { is_default: true }, "person:bo"),
    ).rejects.toMatchObject({ code: "bad_request" });
    expect(a.is_default).toBe(true);
  });

  test("are renamed and deleted; what is not there says so", async () => {
    const { view_id } = await create({ name: "old", query: "q=1" });
    const at = { experimentId, view: view_id };
    expect(await changeView(store.db, at, { name: "new" }, "x")).toMatchObject({ name: "new", query: "q=1" });
    await deleteView(store.db, at, "x");
    const gone = { code: "not_found", message: expect.stringContaining("deleted") };
    await expect(deleteView(store.db, at, "x")).rejects.toMatchObject(gone);
    await expect(changeView(store.db, at, { name: "y" }, "x")).rejects.toMatchObject(gone);
    await expect(changeView(store.db, { ...at, view: "no uuid" }, { name: "y" }, "x")).rejects.toMatchObject(
      gone,
    );
    await expect(listViews(store.db, "99999")).rejects.toMatchObject({ code: "not_found" });
    await expect(
      createView(store.db, "99999", { page: "runs", name: "z", query: "" }, "x"),
    ).rejects.toMatchObject({ code: "not_found" });
  });
});
