import { mkdtempSync, rmSync, utimesSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { keepBySha256 } from "@/lib/artifacts/by-sha256";
import { localKeeper } from "@/lib/artifacts/local";
import { datasetPath } from "@/lib/datasets/kept-dataset";
import { uploadDataset } from "@/lib/datasets/upload";
import { onEachStore } from "@/lib/db/testing";
import { createModel, deleteModel } from "@/lib/registry/models";
import { createModelVersion } from "@/lib/registry/versions";
import { hashOf, madeUp } from "./evidence.fixture";
import { keptFilePath } from "./kept-files";
import { removeUnused } from "./remove-unused";
import { saveEvaluation } from "./save";

const by = { actor: "person:ada@example.org" };
const CSV = Buffer.from("distance,label\n1,late\n2,on_time\n");

async function* one(bytes: Uint8Array) {
  yield bytes;
}

onEachStore("files that nothing names", (fresh) => {
  const folder = mkdtempSync(path.join(os.tmpdir(), "tidemark-unused-"));
  const keeper = localKeeper(folder);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("go after a day, and what a held-out set or an evaluation names stays", async () => {
    const { db } = await fresh();
    const at = { model: "credit", version: "1" };
    await createModel(db, { model: at.model }, by);
    await createModelVersion(db, { model: at.model, source: "s3://elsewhere/model" }, by);
    const save = await madeUp(keeper);
    await saveEvaluation({ db, keeper }, at, save, by.actor);
    const dataset = hashOf(CSV);
    await uploadDataset(
      { db, keeper },
      { model: at.model, sha256: dataset },
      { name: "held.csv", label: "label", content: one(CSV) },
      by.actor,
    );
    const stray = Buffer.from("sent, and never saved");
    const strayPath = keptFilePath(hashOf(stray));
    await keepBySha256(keeper, { path: strayPath, sha256: hashOf(stray) }, one(stray));

    const named = [save.outcome, save.model_files[0]!.sha256].map(keptFilePath);
    const all = [...named, datasetPath(dataset), strayPath];
    const kept = async () => {
      const found = await Promise.all(all.map((each) => keeper.changedAt(each)));
      return all.filter((_, i) => found[i] !== null);
    };
    const tomorrow = { now: new Date(Date.now() + 25 * 3_600_000) };

    expect(await removeUnused({ db, keeper }, { now: new Date() })).toEqual({ files: 0, bytes: 0 });
    expect(await kept()).toEqual(all);
    expect(await removeUnused({ db, keeper }, tomorrow)).toEqual({ files: 1, bytes: stray.length });
    expect(await kept()).toEqual(all.slice(0, 3));

    await deleteModel(db, at.model, by);
    // A file that is sent again meanwhile is about to be named.
    utimesSync(path.join(folder, named[0]!), tomorrow.now, tomorrow.now);
    expect(await removeUnused({ db, keeper }, tomorrow)).toMatchObject({ files: 2 });
    expect(await kept()).toEqual([named[0]]);
  });
});
