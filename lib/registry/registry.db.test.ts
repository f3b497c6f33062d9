import { sql } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { listEvents } from "@/lib/audit/list";
import { rows } from "@/lib/db/client";
import { onEachStore, type TestStore } from "@/lib/db/testing";
import { ensureColumns, ensureVersion, getVersion } from "@/lib/models/store";
import { deleteAlias, setAlias, versionOfAlias } from "./aliases";
import { listChanges } from "./changes";
import {
  createModel,
  deleteModel,
  deleteModelTag,
  describeModel,
  getModel,
  renameModel,
  setModelTag,
} from "./models";
import { searchModels, searchVersions } from "./search";
import { rollBackProduction, transitionStage } from "./stages";
import {
  createModelVersion,
  deleteModelVersion,
  describeModelVersion,
  getModelVersion,
  latestVersions,
  setVersionTag,
} from "./versions";

const ada = { actor: "key:ada" };

onEachStore("the registry", (fresh) => {
  let store: TestStore;
  beforeAll(async () => {
    store = await fresh();
  });
  const make = async (model: string, versions = 0) => {
    await createModel(store.db, { model }, ada);
    for (let i = 0; i < versions; i++) {
      await createModelVersion(store.db, { model, source: `runs:/r${i}/model`, runId: `r${i}` }, ada);
    }
  };
  const stagesOf = async (model: string) =>
    (await searchVersions(store.db, { filter: `name = '${model}'`, orderBy: ["version_number"] })).rows.map(
      ({ version, stage }) => `${version} ${stage}`,
    );

  test("a version that predictions made and one that a client registered are the same noun", async () => {
    await ensureVersion(store.db, "shared", "2");
    await ensureVersion(store.db, "shared", "2026-rc1");
    expect(await getModel(store.db, "shared")).toMatchObject({ model: "shared" });
    const third = await createModelVersion(store.db, { model: "shared", source: "s3://bucket/model" }, ada);
    expect(third).toMatchObject({ version: "3", number: 3, source: "s3://bucket/model", owner: "key:ada" });
    expect(await getVersion(store.db, "shared", "3")).toMatchObject({ stage: "None" });
    expect(await getModelVersion(store.db, { model: "shared", version: "2026-rc1" })).toMatchObject({
      number: null,
      source: "",
    });
    await expect(getModelVersion(store.db, { model: "shared", version: "x" })).rejects.toThrow(
      "Parameter 'version' must be an integer, got 'x'.",
    );
  });

  test("names are taken once, and must be names", async () => {
    await make("taken");
    await expect(make("taken")).rejects.toMatchObject({ code: "conflict", message: /already exists/ });
    await expect(make("a/b")).rejects.toMatchObject({ code: "bad_request" });
    await expect(make(" ")).rejects.toThrow(/Missing value for required parameter 'name'/);
    await expect(getModel(store.db, "none")).rejects.toThrow("Registered Model with name=none not found");
    await make("other");
    await expect(renameModel(store.db, "other", "taken", ada)).rejects.toMatchObject({ code: "conflict" });
    expect(await renameModel(store.db, "other", "another", ada)).toMatchObject({ model: "another" });
  });

  test("the number of a deleted version is not given again", async () => {
    await make("numbers", 2);
    await deleteModelVersion(store.db, { model: "numbers", version: "2" }, ada);
    await expect(getModelVersion(store.db, { model: "numbers", version: "2" })).rejects.toThrow(
      "Model Version (name=numbers, version=2) not found",
    );
    const next = await createModelVersion(store.db, { model: "numbers", source: "s3://b/m" }, ada);
    expect(next.version).toBe("3");
  });

  test("a stage moves, archives what was there, and leaves its history", async () => {
    await make("staged", 3);
    const move = (version: string, stage: string, archiveOthers = false, why?: string) =>
      transitionStage(store.db, { model: "staged", version }, { stage, archiveOthers }, { ...ada, why });
    await move("1", "production");
    await move("2", "Production");
    expect(await move("3", "PRODUCTION", true, "better AUC")).toMatchObject({ stage: "Production" });
    expect(await stagesOf("staged")).toEqual(["1 Archived", "2 Archived", "3 Production"]);
    const { changes } = await listChanges(store.db, { model: "staged" });
    expect(changes[0]).toMatchObject({
      actor: "key:ada",
      kind: "stage",
      subject: "3",
      from: "None",
      to: "Production",
      why: "better AUC",
    });
    expect(changes.map(({ subject, from, to }) => `${subject} ${from}>${to}`)).toEqual([
      "3 None>Production",
      "2 Production>Archived",
      "1 Production>Archived",
      "2 None>Production",
      "1 None>Production",
    ]);
    await move("3", "Production");
    expect((await listChanges(store.db, { model: "staged" })).changes).toHaveLength(5);
    await expect(move("3", "Retired")).rejects.toThrow(/Invalid Model Version stage: Retired/);
    await expect(move("3", "None", true)).rejects.toThrow(/cannot archive existing model versions/);
    expect((await latestVersions(store.db, "staged")).map(({ version }) => version)).toEqual(["2", "3"]);
    expect(await latestVersions(store.db, "staged", ["production"])).toHaveLength(1);
    const audited = await rows(
      store.db,
      sql`SELECT action, actor FROM audit_event WHERE subject = 'version:staged/3' ORDER BY event_id`,
    );
    expect(audited).toEqual([
      { action: "version.create", actor: "key:ada" },
      { action: "version.stage", actor: "key:ada" },
    ]);
  });

  test("a roll-back puts the last Production version back in one step", async () => {
    await make("rolled", 3);
    await expect(rollBackProduction(store.db, "rolled", ada)).rejects.toThrow(/nothing to roll back to/);
    for (const version of ["1", "2", "3"]) {
      await transitionStage(
        store.db,
        { model: "rolled", version },
        { stage: "Production", archiveOthers: true },
        ada,
      );
    }
    expect(await rollBackProduction(store.db, "rolled", ada)).toMatchObject({ version: "2" });
    expect(await stagesOf("rolled")).toEqual(["1 Archived", "2 Production", "3 Archived"]);
    expect(await rollBackProduction(store.db, "rolled", ada)).toMatchObject({ version: "3" });
  });

  test("history can be added to and not rewritten", async () => {
    await make("kept", 1);
    await transitionStage(store.db, { model: "kept", version: "1" }, { stage: "Staging" }, ada);
    await expect(rows(store.db, sql`UPDATE model_change SET actor = 'nobody'`)).rejects.toThrow(
      /only ever added/,
    );
    await expect(rows(store.db, sql`DELETE FROM model_change`)).rejects.toThrow(/only ever added/);
  });

  test("an alias points at one version, moves, and goes with it", async () => {
    await make("aliased", 2);
    const set = (alias: string, version: string) =>
      setAlias(store.db, { model: "aliased", version }, alias, ada);
    await set("champion", "1");
    await set("champion", "2");
    await set("champion", "2");
    expect(await versionOfAlias(store.db, "aliased", "champion")).toMatchObject({
      version: "2",
      aliases: ["champion"],
    });
    expect(await getModel(store.db, "aliased")).toMatchObject({
      aliases: [{ alias: "champion", version: "2" }],
    });
    for (const alias of ["latest", "LATEST", "v1", "a b", ""]) {
      await expect(set(alias, "1"), alias).rejects.toMatchObject({ code: "bad_request" });
    }
    await expect(set("x", "9")).rejects.toMatchObject({ code: "not_found" });
    await deleteModelVersion(store.db, { model: "aliased", version: "2" }, ada);
    await expect(versionOfAlias(store.db, "aliased", "champion")).rejects.toThrow(
      "Registered model alias champion not found.",
    );
    await deleteAlias(store.db, "aliased", "champion", ada);
    const { changes } = await listChanges(store.db, { model: "aliased" });
    expect(changes.map(({ from, to, why }) => [from, to, why])).toEqual([
      ["2", null, "its version was deleted"],
      ["1", "2", null],
      [null, "1", null],
    ]);
  });

  test("what has data is evidence: it is archived, not deleted", async () => {
    await ensureVersion(store.db, "logged", "1");
    const { modelId, versionId } = await getVersion(store.db, "logged", "1");
    await ensureColumns(store.db, { modelId, versionId }, [
      { role: "feature", name: "x", type: "numerical" },
    ]);
    await expect(deleteModelVersion(store.db, { model: "logged", version: "1" }, ada)).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(deleteModel(store.db, "logged", ada)).rejects.toThrow(/Archived instead/);
    await make("empty", 2);
    await setAlias(store.db, { model: "empty", version: "1" }, "a", ada);
    await deleteModel(store.db, "empty", ada);
    await expect(getModel(store.db, "empty")).rejects.toMatchObject({ code: "not_found" });
    await expect(deleteModel(store.db, "empty", ada)).rejects.toMatchObject({ code: "not_found" });
  });

  test("a copy of a version points at the files of the original", async () => {
    await make("original", 1);
    await make("copy");
    const copied = await createModelVersion(store.db, { model: "copy", source: "models:/original/1" }, ada);
    expect(copied).toMatchObject({
      source: "models:/original/1",
      storage_location: "runs:/r0/model",
      run_id: "r0",
    });
    await setAlias(store.db, { model: "original", version: "1" }, "best", ada);
    const again = await createModelVersion(store.db, { model: "copy", source: "models:/original@best" }, ada);
    expect(again.storage_location).toBe("runs:/r0/model");
    await expect(
      createModelVersion(store.db, { model: "copy", source: "models:/original/7" }, ada),
    ).rejects.toThrow(/Unable to fetch model/);
  });

  test.each([
    ["/etc", /To use a local path as a model version/],
    ["file:///etc/passwd", /To use a local path as a model version/],
    ["./model", /To use a local path as a model version/],
    ["model", /To use a local path as a model version/],
    ["mlflow-artifacts:/../x", /If supplying a source as an http, https,/],
    ["http://host/api/2.0/mlflow-artifacts/artifacts/../../x", /If supplying a source as an http, https,/],
    ["s3://bucket/%2e%2e/x", /If supplying a source as an http, https,/],
    ["mlflow-artifacts://host:9/..%2f..%2fx", /If supplying a source as an http, https,/],
    ["https://host/a/%252e%252e/b", /If supplying a source as an http, https,/],
  ])("the source %s is refused", async (source, message) => {
    await ensureVersion(store.db, "sources", null);
    await expect(createModelVersion(store.db, { model: "sources", source }, ada)).rejects.toThrow(message);
  });

  test("a model's tag is set and taken away with a line in the audit log of who did it", async () => {
    await make("tagged");
    await setModelTag(store.db, "tagged", { key: "team", value: "red" }, ada);
    await setModelTag(store.db, "tagged", { key: "team", value: "red" }, ada);
    await setModelTag(store.db, "tagged", { key: "team", value: "" }, { actor: "person:ben@example.org" });
    await deleteModelTag(store.db, "tagged", "team", ada);
    await deleteModelTag(store.db, "tagged", "team", ada);
    expect((await getModel(store.db, "tagged")).tags).toEqual([]);
    const { events } = await listEvents(store.db, { limit: 10, subject: "model:tagged" });
    expect(events.map(({ actor, before, after }) => [actor, before, after]).slice(0, -1)).toEqual([
      ["key:ada", { "tag team": "" }, { "tag team": null }],
      ["person:ben@example.org", { "tag team": "red" }, { "tag team": "" }],
      ["key:ada", { "tag team": null }, { "tag team": "red" }],
    ]);
  });

  test("descriptions, tags and owners are searched; a version's description leaves its model alone", async () => {
    await make("Searched-A", 2);
    await make("Searched-B", 1);
    await describeModel(store.db, "Searched-A", "delays of flights", ada);
    await setModelTag(store.db, "Searched-A", { key: "team", value: "red" }, ada);
    await setVersionTag(store.db, { model: "Searched-A", version: "2" }, { key: "ok", value: "yes" }, ada);
    const before = await getModel(store.db, "Searched-A");
    await describeModelVersion(store.db, { model: "Searched-A", version: "1" }, "first", ada);
    expect((await getModel(store.db, "Searched-A")).updated_ms).toBe(before.updated_ms);
    const models = async (filter: string, orderBy: string[] = []) =>
      (await searchModels(store.db, { filter, orderBy })).rows.map(({ model }) => model);
    expect(await models("name LIKE 'Searched%'")).toEqual(["Searched-A", "Searched-B"]);
    expect(await models("name ILIKE 'searched%'", ["name DESC"])).toEqual(["Searched-B", "Searched-A"]);
    expect(await models("tags.team = 'red' AND name != 'x'")).toEqual(["Searched-A"]);
    expect(await models("name LIKE 'Searched%' AND tag.`mlflow.prompt.is_prompt` != 'true'")).toHaveLength(2);
    const versions = async (filter: string) =>
      (await searchVersions(store.db, { filter })).rows.map(({ model, version }) => `${model}/${version}`);
    expect(await versions("run_id IN ('r0', 'r9') AND name LIKE 'Searched%'")).toEqual([
      "Searched-A/1",
      "Searched-B/1",
    ]);
    expect(await versions("version_number >= 2 and name = 'Searched-A'")).toEqual(["Searched-A/2"]);
    expect(await versions("tags.ok = 'yes'")).toEqual(["Searched-A/2"]);
    expect(await versions("source_path = 'runs:/r1/model' and name = 'Searched-A'")).toEqual([
      "Searched-A/2",
    ]);
    await expect(versions("nothing = 'x'")).rejects.toThrow(/Invalid attribute key 'nothing'/);
    const seen: string[] = [];
    let pageToken: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof searchVersions>> = await searchVersions(store.db, {
        maxResults: 3,
        pageToken,
      });
      seen.push(...page.rows.map(({ model, version }) => `${model}/${version}`));
      pageToken = page.next_page_token;
    } while (pageToken);
    expect(seen).toEqual(await versions(""));
  });
});
