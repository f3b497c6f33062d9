import { sql } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { listEvents } from "@/lib/audit/list";
import { rows } from "@/lib/db/client";
import { onEachStore, type TestStore } from "@/lib/db/testing";
import { getLoggedModel } from "@/lib/logged-models/models";
import { ensureVersion } from "@/lib/models/store";
import { savePolicy } from "@/lib/promotions/policy";
import { PolicySave } from "@/lib/promotions/schema";
import { setAlias } from "@/lib/registry/aliases";
import { reportHistory } from "@/lib/registry/history";
import { getModel } from "@/lib/registry/models";
import { createModelVersion, getModelVersion } from "@/lib/registry/versions";
import { getExperiment, restoreExperiment } from "@/lib/runs/experiments";
import { logBatch } from "@/lib/runs/log-batch";
import { getRun, getRunInfo } from "@/lib/runs/runs";
import { recordImport } from "./record";
import type { Imported, Of } from "./schema";

const experiment = (name: string, more: Partial<Of<"experiment">> = {}): Imported => ({
  kind: "experiment",
  name,
  artifact_location: null,
  lifecycle_stage: "active",
  creation_time: 1000,
  last_update_time: 2000,
  tags: [],
  ...more,
});
const run = (run_id: string, experiment_id: string): Imported => ({
  kind: "run",
  run_id,
  experiment_id,
  run_name: "first",
  user_id: "ada",
  start_time: 5,
  artifact_uri: null,
});
const ended = (run_id: string, more: Partial<Of<"run_end">> = {}): Imported => ({
  kind: "run_end",
  run_id,
  status: "FAILED",
  end_time: 9,
  lifecycle_stage: "active",
  deleted_time: null,
  ...more,
});
const model = (name: string): Imported => ({
  kind: "model",
  name,
  description: "from elsewhere",
  owner: "ada",
  created_ms: 1000,
  updated_ms: 2000,
  tags: [{ key: "team", value: "flights" }],
});
const version = (name: string, number: number, more: Partial<Of<"version">> = {}): Imported => ({
  kind: "version",
  model: name,
  number,
  stage: "None",
  description: "",
  owner: "ada",
  source: "s3://elsewhere/model",
  storage_location: "s3://elsewhere/model",
  run_id: null,
  run_link: "",
  logged_model_id: null,
  created_ms: 3000,
  updated_ms: 4000,
  tags: [{ key: "n", value: "1" }],
  aliases: [],
  ...more,
});

onEachStore("an import", (fresh) => {
  let store: TestStore;
  beforeAll(async () => {
    store = await fresh();
  });
  const put = (item: Imported) => recordImport(store.db, item, "key:import");

  test("makes an experiment as it was, once, and adds the tags that are missing", async () => {
    const tags = [{ key: "team", value: "flights" }];
    const first = await put(experiment("exp", { tags }));
    expect(first).toMatchObject({ outcome: "new", added: 1, lifecycle_stage: "active" });
    expect(await getExperiment(store.db, first.experiment_id!)).toMatchObject({
      name: "exp",
      creation_time: 1000,
      last_update_time: 2000,
      artifact_location: `mlflow-artifacts:/${first.experiment_id}`,
      tags,
    });
    const again = await put(
      experiment("exp", {
        last_update_time: 9999,
        tags: [
          { key: "team", value: "other" },
          { key: "more", value: "1" },
        ],
      }),
    );
    expect(again).toMatchObject({ outcome: "there", added: 1, experiment_id: first.experiment_id });
    expect(await getExperiment(store.db, first.experiment_id!)).toMatchObject({
      last_update_time: 2000,
      tags: [
        { key: "more", value: "1" },
        { key: "team", value: "flights" },
      ],
    });
  });

  test("keeps a place that clients reach themselves", async () => {
    const put1 = await put(experiment("in S3", { artifact_location: "s3://bucket/exp" }));
    expect(put1.artifact_uri).toBe("s3://bucket/exp");
    expect(await put(run("in-s3", put1.experiment_id!))).toMatchObject({
      artifact_uri: "s3://bucket/exp/in-s3/artifacts",
    });
  });

  test("makes a run under its id, which runs until its end is said", async () => {
    const { experiment_id } = await put(experiment("runs"));
    expect(await put(run("r1", experiment_id!))).toMatchObject({
      outcome: "new",
      status: "RUNNING",
      lifecycle_stage: "active",
      points: 0,
    });
    const metrics = [1, 2].map((step) => ({ key: "loss", value: 1 / step, timestamp: step, step }));
    await logBatch(store.db, "r1", { metrics, params: [{ key: "p", value: "1" }] });
    expect(await put(run("r1", experiment_id!))).toMatchObject({ outcome: "there", points: 2 });
    expect(await put(ended("r1"))).toMatchObject({ outcome: "new", status: "FAILED" });
    expect(await getRun(store.db, "r1")).toMatchObject({
      run_name: "first",
      user_id: "ada",
      status: "FAILED",
      start_time: 5,
      end_time: 9,
      artifact_uri: `mlflow-artifacts:/${experiment_id}/r1/artifacts`,
      params: [{ key: "p", value: "1" }],
    });
    expect(await put(ended("r1", { status: "FINISHED", end_time: 99 }))).toMatchObject({
      outcome: "there",
      status: "FAILED",
    });
  });

  test("leaves a deleted run deleted, and one that went with its experiment comes back with it", async () => {
    const { experiment_id } = await put(
      experiment("gone", { lifecycle_stage: "deleted", last_update_time: 7000 }),
    );
    const deleted = { lifecycle_stage: "deleted" } as const;
    await put(run("with-it", experiment_id!));
    await put(ended("with-it", { ...deleted, deleted_time: 7000 }));
    await put(run("before-it", experiment_id!));
    await put(ended("before-it", { ...deleted, deleted_time: 6000 }));
    await restoreExperiment(store.db, experiment_id!, "key:ada", { nowMs: 8000 });
    expect(await getRunInfo(store.db, "with-it")).toMatchObject({ lifecycle_stage: "active" });
    expect(await getRunInfo(store.db, "before-it")).toMatchObject({ lifecycle_stage: "deleted" });
  });

  test("needs the experiment, run or model that a thing hangs on", async () => {
    await expect(put(run("r", "999999"))).rejects.toMatchObject({ code: "not_found" });
    await expect(put(ended("nobody"))).rejects.toMatchObject({ code: "not_found" });
    await expect(put(version("nobody", 1))).rejects.toMatchObject({ code: "not_found" });
  });

  test("makes a logged model with params, tags and its latest metrics, once", async () => {
    const { experiment_id } = await put(experiment("logged"));
    const metric = { key: "acc", timestamp: 1, run_id: "r", dataset_name: "", dataset_digest: "" };
    const item: Imported = {
      kind: "logged_model",
      model_id: "m-0123456789abcdef0123456789abcdef",
      experiment_id: experiment_id!,
      name: "model",
      status: "LOGGED_MODEL_READY",
      status_message: null,
      model_type: "classifier",
      source_run_id: "r",
      artifact_uri: null,
      creation_time: 10,
      last_update_time: 20,
      params: [{ key: "depth", value: "3" }],
      tags: [
        { key: "t", value: "first" },
        { key: "t", value: "last" },
      ],
      metrics: [
        { ...metric, step: 2, value: "NaN" },
        { ...metric, step: 1, value: 0.5 },
        { ...metric, step: 1, value: "-Infinity", dataset_name: "d", dataset_digest: "1" },
      ],
    };
    expect(await put(item)).toMatchObject({
      outcome: "new",
      artifact_uri: `mlflow-artifacts:/${experiment_id}/models/${item.model_id}/artifacts`,
    });
    expect(await put({ ...item, params: [] })).toMatchObject({ outcome: "there" });
    const kept = await getLoggedModel(store.db, item.model_id);
    expect(kept).toMatchObject({
      name: "model",
      model_type: "classifier",
      creation_time: 10,
      params: [{ key: "depth", value: "3" }],
      tags: [{ key: "t", value: "last" }],
    });
    expect(kept.metrics.map(({ value, step }) => [value, step]).sort()).toEqual([
      [Number.NEGATIVE_INFINITY, 1],
      [Number.NaN, 2],
    ]);
  });

  test("makes versions under their numbers, and the next one that is registered comes after them", async () => {
    expect(await put(model("flights"))).toMatchObject({ outcome: "new" });
    expect(await put(model("flights"))).toMatchObject({ outcome: "there" });
    expect(await put(version("flights", 7, { stage: "Production", aliases: ["champion"] }))).toEqual({
      outcome: "new",
      added: 1,
    });
    expect(await put(version("flights", 3))).toEqual({ outcome: "new", added: 0 });
    expect(await put(version("flights", 7, { stage: "Staging", aliases: ["champion"] }))).toEqual({
      outcome: "there",
      added: 0,
    });
    expect(await getModelVersion(store.db, { model: "flights", version: "7" })).toMatchObject({
      stage: "Production",
      aliases: ["champion"],
      created_ms: 3000,
      updated_ms: 4000,
      tags: [{ key: "n", value: "1" }],
    });
    expect(await getModel(store.db, "flights")).toMatchObject({
      description: "from elsewhere",
      owner: "ada",
      created_ms: 1000,
      tags: [{ key: "team", value: "flights" }],
    });
    const { version: next } = await createModelVersion(
      store.db,
      { model: "flights", source: "s3://x/y" },
      { actor: "key:ada" },
    );
    expect(next).toBe("8");
  });

  test("never takes the number of another version, nor an alias that points somewhere", async () => {
    await put(model("taken"));
    await put(version("taken", 1));
    expect(await put(version("taken", 1, { source: "s3://other/model" }))).toEqual({
      outcome: "other",
      added: 0,
    });
    await setAlias(store.db, { model: "taken", version: "1" }, "best", { actor: "key:ada" });
    expect(await put(version("taken", 2, { aliases: ["best", "latest-good"] }))).toEqual({
      outcome: "new",
      added: 1,
    });
    expect(await getModelVersion(store.db, { model: "taken", version: "1" })).toMatchObject({
      aliases: ["best"],
    });
  });

  test("gives no version what a policy protects, and says so as often as it is sent", async () => {
    await put(model("protected"));
    await put(version("protected", 1, { stage: "Production", aliases: ["champion"] }));
    const targets = [
      { kind: "stage", name: "Production", approvals: 1, gates: [] },
      { kind: "alias", name: "champion", approvals: 1, gates: [] },
    ];
    await savePolicy(store.db, "protected", PolicySave.parse({ revision: 0, targets }), "key:root");
    // What is there with all that it had is there.
    expect(await put(version("protected", 1, { stage: "Production", aliases: ["champion"] }))).toEqual({
      outcome: "there",
      added: 0,
    });
    const second = version("protected", 2, { stage: "Production", aliases: ["champion", "best"] });
    const held_back = [
      { kind: "stage", name: "Production" },
      { kind: "alias", name: "champion" },
    ];
    expect(await put(second)).toEqual({ outcome: "new", added: 1, held_back });
    expect(await put(second)).toEqual({ outcome: "there", added: 0, held_back });
    expect(await getModelVersion(store.db, { model: "protected", version: "2" })).toMatchObject({
      stage: "None",
      aliases: ["best"],
    });
    expect(await put(version("protected", 3, { stage: "Staging" }))).toEqual({ outcome: "new", added: 0 });
    await ensureVersion(store.db, "protected", "4");
    expect(await put(version("protected", 4, { stage: "Production" }))).toMatchObject({
      outcome: "new",
      held_back: [{ kind: "stage", name: "Production" }],
    });
    // Whatever else makes one is stopped by the store.
    await expect(
      rows(
        store.db,
        sql`INSERT INTO model_version (model_id, version_id, name, stage)
          SELECT model_id, 99, '99', 'Production' FROM model WHERE name = 'protected'`,
      ),
    ).rejects.toMatchObject({ code: "TM040" });
  });

  test("fills in a version that logged predictions made", async () => {
    await ensureVersion(store.db, "served", "2");
    expect(await put(model("served"))).toMatchObject({ outcome: "there" });
    expect(await put(version("served", 2, { stage: "Production" }))).toMatchObject({ outcome: "new" });
    expect(await getModelVersion(store.db, { model: "served", version: "2" })).toMatchObject({
      stage: "Production",
      source: "s3://elsewhere/model",
    });
  });

  test("is written into the history of the model and into the audit log", async () => {
    await put(model("traced"));
    await put(version("traced", 1, { stage: "Staging", aliases: ["a"] }));
    const { changes } = await reportHistory(store.db, { model: "traced", limit: 10 });
    expect(changes.map(({ kind, subject, to, actor, why }) => ({ kind, subject, to, actor, why }))).toEqual([
      { kind: "alias", subject: "a", to: "1", actor: "key:import", why: "imported" },
      { kind: "stage", subject: "1", to: "Staging", actor: "key:import", why: "imported" },
    ]);
    const { events } = await listEvents(store.db, { limit: 10, subject: "version:traced/1" });
    expect(events).toMatchObject([{ actor: "key:import", action: "version.import" }]);
  });

  test("refuses what cannot be kept, in words", async () => {
    await expect(put(model("a/b"))).rejects.toMatchObject({ code: "bad_request" });
    await put(model("words"));
    await expect(put(version("words", 1, { aliases: ["v1"] }))).rejects.toMatchObject({
      code: "bad_request",
      message: expect.stringContaining("v1"),
    });
    await expect(put(experiment("x".repeat(501)))).rejects.toMatchObject({ code: "bad_request" });
  });

  test("sent twenty times at once makes each thing once", async () => {
    await put(model("raced"));
    const { experiment_id } = await put(experiment("raced"));
    const twenty = Array.from({ length: 20 });
    const runs = await Promise.all(twenty.map(() => put(run("raced", experiment_id!))));
    expect(runs.filter(({ outcome }) => outcome === "new")).toHaveLength(1);
    const versions = await Promise.all(twenty.map(() => put(version("raced", 1))));
    expect(versions.filter(({ outcome }) => outcome === "new")).toHaveLength(1);
  });
});
