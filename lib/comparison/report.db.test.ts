import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { localKeeper } from "@/lib/artifacts/local";
import { reportCard } from "@/lib/cards/report";
import { saveCard } from "@/lib/cards/save";
import { onEachStore, type TestStore } from "@/lib/db/testing";
import { createModel } from "@/lib/registry/models";
import { createModelVersion } from "@/lib/registry/versions";
import { logBatch } from "@/lib/runs/log-batch";
import { createRun } from "@/lib/runs/runs";
import { reportComparison } from "./report";

const ada = { actor: "key:ada" };
const folder = mkdtempSync(path.join(os.tmpdir(), "tidemark-comparison-"));
const keeper = localKeeper(folder);
afterAll(() => rmSync(folder, { recursive: true }));

async function* file(text: string) {
  yield Buffer.from(text);
}

onEachStore("comparing versions", (fresh) => {
  let store: TestStore;
  beforeAll(async () => {
    store = await fresh();
    await createModel(store.db, { model: "credit" }, ada);
    for (const [place, auc] of [0.7, 0.8].entries()) {
      const { run_id } = await createRun(store.db, { experimentId: "0", name: `fit-${place}` });
      await logBatch(store.db, run_id, {
        metrics: [{ key: "auc", value: auc, timestamp: 1, step: 0 }],
        params: [
          { key: "depth", value: String(place + 4) },
          { key: "seed", value: "7" },
        ],
      });
      await keeper.put(
        `0/${run_id}/artifacts/model/MLmodel`,
        file(`signature:\n  inputs: '[{"name": "f${place}", "type": "double"}]'\n`),
      );
      await createModelVersion(
        store.db,
        {
          model: "credit",
          source: place === 0 ? `runs:/${run_id}/model` : `mlflow-artifacts:/0/${run_id}/artifacts/model`,
          runId: run_id,
        },
        ada,
      );
    }
    await createModelVersion(store.db, { model: "credit", source: "s3://elsewhere/model" }, ada);
  });

  test("sets runs, signatures and cards side by side", async () => {
    const at = { model: "credit", version: "2" };
    const { yaml } = await reportCard(store.db, at);
    await saveCard(store.db, at, { yaml, revision: 0 }, "page");
    const { versions, sections } = await reportComparison(
      { db: store.db, keeper },
      { model: "credit", versions: ["1", "2", "3", "1"] },
    );
    expect(versions.map(({ version }) => version)).toEqual(["1", "2", "3"]);
    expect(versions.map(({ run_id }) => run_id === null)).toEqual([false, false, true]);
    const rows = (title: string) =>
      sections.find((section) => section.title === title)!.rows.map(({ name, values }) => [name, ...values]);
    expect(rows("Metrics of the run")).toEqual([["auc", 0.7, 0.8, null]]);
    expect(rows("Params")).toEqual([
      ["depth", "4", "5", null],
      ["seed", "7", "7", null],
    ]);
    expect(rows("Signature")).toEqual([
      ["input f0", "double", null, null],
      ["input f1", null, "double", null],
    ]);
    expect(rows("Model card")).toContainEqual(["auc, as the card says", null, 0.8, null]);
    expect(rows("Live performance")).toEqual([]);
  });

  test("a version that is not there is not found", async () => {
    await expect(
      reportComparison({ db: store.db, keeper }, { model: "credit", versions: ["1", "9"] }),
    ).rejects.toMatchObject({ code: "not_found" });
  });
});
