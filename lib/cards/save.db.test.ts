import { sql } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { listEvents } from "@/lib/audit/list";
import { rows } from "@/lib/db/client";
import { onEachStore, type TestStore } from "@/lib/db/testing";
import { reportLineage } from "@/lib/lineage/report";
import { createModel } from "@/lib/registry/models";
import { createModelVersion, deleteModelVersion } from "@/lib/registry/versions";
import { logInputs } from "@/lib/runs/inputs";
import { logBatch } from "@/lib/runs/log-batch";
import { createRun } from "@/lib/runs/runs";
import { exportCard } from "./export";
import { HOSTILE } from "./hostile.fixture";
import { readCard } from "./read-card";
import { reportCard } from "./report";
import { saveCard } from "./save";
import { editCard, emptyCard, writeCard } from "./write-card";

const ada = { actor: "key:ada" };

onEachStore("model cards", (fresh) => {
  let store: TestStore;
  let runId: string;
  beforeAll(async () => {
    store = await fresh();
    const run = await createRun(store.db, { experimentId: "0", name: "fit" });
    runId = run.run_id;
    const point = { timestamp: 1, step: 0 };
    await logBatch(store.db, runId, {
      metrics: [
        { key: "auc", value: 0.81, ...point },
        { key: "diverged", value: Number.NaN, ...point },
        { key: "system/cpu", value: 12, ...point },
      ],
    });
    const data = { source_type: "local", source: "{}", schema: null };
    await logInputs(store.db, runId, {
      datasets: [
        {
          ...data,
          name: "applications",
          digest: "1a2b",
          profile: '{"num_rows": 4000}',
          tags: [{ key: "mlflow.data.context", value: "training" }],
        },
        {
          ...data,
          name: "held-out",
          digest: "3c4d",
          profile: null,
          tags: [{ key: "mlflow.data.context", value: "eval" }],
        },
      ],
    });
  });
  const make = async (model: string) => {
    await createModel(store.db, { model }, ada);
    await createModelVersion(store.db, { model, source: `runs:/${runId}/model`, runId }, ada);
    return { model, version: "1" };
  };

  test("the road leads from the run's data to its version", async () => {
    expect(await reportLineage(store.db, await make("road"))).toMatchObject({
      version: "1",
      run: { run_id: runId, name: "fit" },
      datasets: [
        { name: "applications", digest: "1a2b", context: "training", rows: 4000 },
        { name: "held-out", digest: "3c4d", context: "eval", rows: null },
      ],
      baseline: null,
      predictions: 0,
      health: null,
    });
  });

  test("before the first save a card says what Tidemark knows", async () => {
    const card = await reportCard(store.db, await make("draft"));
    expect(card).toMatchObject({ revision: 0, latest_revision: 0, revisions: [] });
    expect(card.card).toMatchObject({
      model_details: { name: "draft", version: "1", owners: ["ada"] },
      training_data: { source: "applications (digest 1a2b)", size: "4,000 rows" },
      metrics: [{ name: "auc", value: 0.81, threshold: null }],
      monitoring: [],
    });
    expect(readCard(card.yaml).problems).toEqual([]);
  });

  test("each save keeps the former one: who, when, why", async () => {
    const at = await make("kept");
    const { yaml } = await reportCard(store.db, at);
    const gated = editCard(yaml, ["metrics"], [{ name: "auc", value: 0.81, threshold: 0.8 }]);
    await saveCard(store.db, at, { yaml, revision: 0 }, "key:ada");
    const second = await saveCard(store.db, at, { yaml: gated, revision: 1, why: "a gate" }, "page");
    expect(second).toMatchObject({ revision: 2, latest_revision: 2, yaml: gated });
    expect(second.revisions.map(({ revision, actor, why }) => [revision, actor, why])).toEqual([
      [2, "page", "a gate"],
      [1, "key:ada", null],
    ]);
    expect(await reportCard(store.db, at, { revision: 1 })).toMatchObject({ revision: 1, yaml });
    await expect(reportCard(store.db, at, { revision: 9 })).rejects.toMatchObject({ code: "not_found" });
    const { events } = await listEvents(store.db, { limit: 10, subject: "version:kept/1" });
    expect(events[0]).toMatchObject({
      action: "card.save",
      actor: "page",
      before: { revision: 1, card: yaml },
      after: { revision: 2, card: gated, why: "a gate" },
    });
    await expect(rows(store.db, sql`UPDATE model_card SET yaml = ''`)).rejects.toThrow(/only ever added/);
    // The same text again is no new revision.
    expect(await saveCard(store.db, at, { yaml: gated, revision: 2 }, "page")).toMatchObject({ revision: 2 });
  });

  test("a save over a newer one is refused, and so is what is no card", async () => {
    const at = await make("refused");
    const { yaml } = await reportCard(store.db, at);
    await saveCard(store.db, at, { yaml, revision: 0 }, "key:ada");
    await expect(
      saveCard(store.db, at, { yaml: `${yaml}# mine\n`, revision: 0 }, "page"),
    ).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringMatching(/^key ada saved revision 1 of this card at 20/),
    });
    await expect(saveCard(store.db, at, { yaml: "metrics: 3\n", revision: 1 }, "page")).rejects.toMatchObject(
      {
        code: "bad_request",
        message: expect.stringMatching(/^line 1: /),
        details: expect.arrayContaining([expect.objectContaining({ line: 1, path: "metrics" })]),
      },
    );
    expect((await reportCard(store.db, at)).revision).toBe(1);
  });

  test("of two that save at once one is refused", async () => {
    const at = await make("race");
    const { yaml } = await reportCard(store.db, at);
    const saves = ["a", "b"].map((mark) =>
      saveCard(store.db, at, { yaml: `${yaml}# ${mark}\n`, revision: 0 }, "page"),
    );
    const results = await Promise.allSettled(saves);
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  test("hostile text comes back as it was in YAML and JSON, and as text in Markdown", async () => {
    const at = await make("hostile");
    const card = { ...emptyCard("hostile", "1"), ethical_considerations: [...HOSTILE] };
    await saveCard(store.db, at, { yaml: writeCard(card), revision: 0 }, "page");
    expect(JSON.parse(await exportCard(store.db, at, { format: "json" }))).toEqual(card);
    expect(readCard(await exportCard(store.db, at, { format: "yaml" })).card).toEqual(card);
    expect(await exportCard(store.db, at, { format: "markdown" })).not.toMatch(/[<>]/);
  });

  test("a deleted version takes its cards along", async () => {
    const at = await make("gone");
    const { yaml } = await reportCard(store.db, at);
    await saveCard(store.db, at, { yaml, revision: 0 }, "page");
    await deleteModelVersion(store.db, at, ada);
    await expect(reportCard(store.db, at)).rejects.toMatchObject({ code: "not_found" });
  });
});
