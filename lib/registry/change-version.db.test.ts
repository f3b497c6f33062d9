import { beforeAll, expect, test } from "vitest";
import { listEvents } from "@/lib/audit/list";
import { onEachStore, type TestStore } from "@/lib/db/testing";
import { changeVersion } from "./change-version";
import { reportHistory } from "./history";
import { describeVersion, listVersions } from "./list-versions";
import { createModel } from "./models";
import { rollBackProduction, transitionStage } from "./stages";
import { createModelVersion, deleteVersionTag, describeModelVersion, setVersionTag } from "./versions";

const ada = { actor: "key:ada" };

onEachStore("changing a version", (fresh) => {
  let store: TestStore;
  beforeAll(async () => {
    store = await fresh();
  });
  const make = async (model: string, versions: number) => {
    await createModel(store.db, { model }, ada);
    for (let i = 0; i < versions; i++) {
      await createModelVersion(store.db, { model, source: `runs:/r${i}/model`, runId: `r${i}` }, ada);
    }
  };
  const at = (model: string, version: string) => ({ model, version });
  const historyOf = async (model: string) => (await reportHistory(store.db, { model, limit: 50 })).changes;

  test("changes everything at once, with its reason in history and audit log", async () => {
    await make("whole", 2);
    await changeVersion(
      store.db,
      at("whole", "1"),
      { stage: "Production", aliases: ["champion"] },
      "key:ada",
    );
    const seen = await describeVersion(store.db, at("whole", "2"));
    const changed = await changeVersion(
      store.db,
      at("whole", "2"),
      {
        revision: seen.revision,
        stage: "Production",
        archive_existing_versions: true,
        aliases: ["champion", "eu"],
        tags: { owner: "risk", gate: "passed" },
        description: "trained on May",
        owner: "ada@example.com",
        why: "better on May",
      },
      "page",
    );
    expect(changed).toMatchObject({
      stage: "Production",
      aliases: ["champion", "eu"],
      tags: [
        { key: "gate", value: "passed" },
        { key: "owner", value: "risk" },
      ],
      description: "trained on May",
      owner: "ada@example.com",
      run: { run_id: "r1", name: null },
    });
    expect(await describeVersion(store.db, at("whole", "1"))).toMatchObject({
      stage: "Archived",
      aliases: [],
    });

    const history = await historyOf("whole");
    expect(
      history.map(({ kind, subject, from, to, why }) => [kind, subject, from, to, why]).slice(0, 8),
    ).toEqual([
      ["tag", "owner", null, "risk", "better on May"],
      ["tag", "gate", null, "passed", "better on May"],
      ["owner", "2", "key:ada", "ada@example.com", "better on May"],
      ["description", "2", "", "trained on May", "better on May"],
      ["alias", "eu", null, "2", "better on May"],
      ["alias", "champion", "1", "2", "better on May"],
      ["stage", "2", "None", "Production", "better on May"],
      ["stage", "1", "Production", "Archived", "better on May"],
    ]);
    expect(history[0]).toMatchObject({ version: "2", actor: "page" });

    const { events } = await listEvents(store.db, { limit: 20, subject: "version:whole/2" });
    expect(events.find((event) => event.action === "version.describe")).toMatchObject({
      before: { description: "", owner: "key:ada", "tag gate": null },
      after: {
        description: "trained on May",
        owner: "ada@example.com",
        "tag gate": "passed",
        why: "better on May",
      },
    });
    expect(events.find((event) => event.action === "version.stage")).toMatchObject({
      before: { stage: "None" },
      after: { stage: "Production", why: "better on May" },
    });
  });

  test("what a client tags and describes is in the history, too", async () => {
    await make("client", 1);
    await setVersionTag(store.db, at("client", "1"), { key: "gate", value: "ok" }, ada);
    await describeModelVersion(store.db, at("client", "1"), "trained at night", ada);
    await deleteVersionTag(store.db, at("client", "1"), "gate", ada);
    expect((await historyOf("client")).map(({ actor, kind, from, to }) => [actor, kind, from, to])).toEqual([
      ["key:ada", "tag", "ok", null],
      ["key:ada", "description", "", "trained at night"],
      ["key:ada", "tag", null, "ok"],
    ]);
  });

  test("what is said already is no change", async () => {
    await make("same", 1);
    const words = { tags: { a: "b" }, description: "x", aliases: ["one"], stage: "Staging" as const };
    await changeVersion(store.db, at("same", "1"), words, "page");
    const before = await historyOf("same");
    await changeVersion(store.db, at("same", "1"), words, "page");
    expect(await historyOf("same")).toEqual(before);
    await changeVersion(store.db, at("same", "1"), { tags: { a: null, gone: null }, aliases: [] }, "page");
    expect(await describeVersion(store.db, at("same", "1"))).toMatchObject({ tags: [], aliases: [] });
  });

  test("a change made from an older view is refused, and says what has happened", async () => {
    await make("stale", 3);
    const seen = await describeVersion(store.db, at("stale", "2"));
    await transitionStage(store.db, at("stale", "3"), { stage: "Production" }, ada);
    const late = { revision: seen.revision, stage: "Production" as const, archive_existing_versions: true };
    await expect(changeVersion(store.db, at("stale", "2"), late, "page")).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("key ada moved version 3 from no stage to Production"),
    });
    expect((await describeVersion(store.db, at("stale", "3"))).stage).toBe("Production");

    const again = await describeVersion(store.db, at("stale", "2"));
    await setVersionTag(store.db, at("stale", "2"), { key: "from", value: "a client" }, ada);
    await expect(
      changeVersion(store.db, at("stale", "2"), { revision: again.revision, description: "mine" }, "page"),
    ).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringMatching(
        /not as you saw it: since then key ada tagged version 2 from: “a client”\. Nothing/,
      ),
    });
    const now = await describeVersion(store.db, at("stale", "2"));
    expect(now.description).toBe("");
    await changeVersion(store.db, at("stale", "2"), { revision: now.revision, description: "mine" }, "page");
  });

  test("of two tabs that save at once one is refused", async () => {
    await make("race", 2);
    const { versions } = await listVersions(store.db, "race");
    const results = await Promise.allSettled(
      versions.map(({ version, revision }) =>
        changeVersion(store.db, at("race", version), { revision, aliases: ["champion"] }, "page"),
      ),
    );
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  test("names that cannot be are refused before anything is written", async () => {
    await make("named", 1);
    const change = (body: Parameters<typeof changeVersion>[2]) =>
      changeVersion(store.db, at("named", "1"), { description: "written", ...body }, "page");
    await expect(change({ aliases: ["v1"] })).rejects.toMatchObject({ code: "bad_request" });
    await expect(change({ aliases: ["no spaces"] })).rejects.toMatchObject({ code: "bad_request" });
    await expect(change({ tags: { "": "x" } })).rejects.toMatchObject({ code: "bad_request" });
    await expect(change({ stage: "Archived", archive_existing_versions: true })).rejects.toThrow(
      /Active stage/,
    );
    await expect(changeVersion(store.db, at("named", "9"), {}, "page")).rejects.toMatchObject({
      code: "not_found",
    });
    expect((await describeVersion(store.db, at("named", "1"))).description).toBe("");
  });

  test("a roll-back is offered once there is one, and only to what was seen", async () => {
    await make("offered", 3);
    expect((await listVersions(store.db, "offered")).rollback_to).toBeNull();
    for (const version of ["1", "2"]) {
      await transitionStage(
        store.db,
        at("offered", version),
        { stage: "Production", archiveOthers: true },
        ada,
      );
    }
    expect((await listVersions(store.db, "offered")).rollback_to).toBe("1");
    const why = { actor: "page", why: "errors" };
    expect(await rollBackProduction(store.db, "offered", why, { to: "1" })).toMatchObject({ version: "1" });
    await expect(rollBackProduction(store.db, "offered", why, { to: "1" })).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("not roll back to version 1 any more but to version 2"),
    });
    expect((await historyOf("offered"))[0]).toMatchObject({ subject: "1", to: "Production", why: "errors" });
  });
});
