import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { localKeeper } from "@/lib/artifacts/local";
import { listEvents } from "@/lib/audit/list";
import { craftParquet } from "@/lib/baselines/crafted.fixture";
import { onEachStore, type TestStore } from "@/lib/db/testing";
import { createModel } from "@/lib/registry/models";
import { describeDataset, listDatasets, openDataset } from "./describe";
import { uploadDataset } from "./upload";

const hashOf = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
async function* pieces(bytes: Uint8Array) {
  for (let at = 0; at < bytes.length; at += 100) yield bytes.subarray(at, at + 100);
}

onEachStore("held-out sets", (fresh) => {
  const folder = mkdtempSync(path.join(os.tmpdir(), "tidemark-datasets-"));
  const keeper = localKeeper(path.join(folder, "artifacts"));
  let store: TestStore;
  beforeAll(async () => {
    store = await fresh();
    await createModel(store.db, { model: "delay" }, { actor: "cli" });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const put = (
    bytes: Uint8Array,
    extra: { sha256?: string; name?: string; label?: string; model?: string } = {},
  ) =>
    uploadDataset(
      { db: store.db, keeper },
      { model: extra.model ?? "delay", sha256: extra.sha256 ?? hashOf(bytes) },
      { name: extra.name ?? "june.csv", label: extra.label ?? null, content: pieces(bytes) },
      "person:ada@example.org",
    );
  const csv = new TextEncoder().encode("distance,carrier,late\n100,AA,1\n,DL,0\n");

  test("are kept by their hash, described, listed and sent back, and the audit log says by whom", async () => {
    const dataset = await put(csv, { label: "late" });
    expect(dataset).toMatchObject({
      sha256: hashOf(csv),
      name: "june.csv",
      format: "csv",
      bytes: csv.length,
      rows: 2,
      label: "late",
      uploaded_by: "person:ada@example.org",
      columns: [
        { name: "distance", type: "number", missing: 1, distinct: null },
        { name: "carrier", type: "category", missing: 0, distinct: 2 },
        { name: "late", type: "number", missing: 0, distinct: null },
      ],
    });
    expect((await listDatasets(store.db, "delay")).datasets).toEqual([dataset]);
    const { stream } = await openDataset(
      { db: store.db, keeper },
      { model: "delay", sha256: dataset.sha256 },
    );
    expect(new Uint8Array(await new Response(stream).arrayBuffer())).toEqual(csv);
    const { events } = await listEvents(store.db, { subject: "model:delay", limit: 1 });
    expect(events[0]).toMatchObject({
      actor: "person:ada@example.org",
      action: "dataset.register",
      after: { dataset: dataset.sha256, rows: 2, label: "late" },
    });
  });

  test("sent again change nothing but name and label", async () => {
    const first = await describeDataset(store.db, { model: "delay", sha256: hashOf(csv) });
    const again = await put(csv, { name: "held-out June", label: "late" });
    expect(again).toEqual({ ...first, name: "held-out June" });
    const { events } = await listEvents(store.db, { subject: "model:delay", limit: 1 });
    expect(events[0]).toMatchObject({ action: "dataset.describe", before: { name: "june.csv" } });
    expect((await listDatasets(store.db, "delay")).datasets).toHaveLength(1);
  });

  test("of another hash, broken, or without the label's column are refused, and nothing of them stays", async () => {
    const before = readdirSync(folder, { recursive: true, encoding: "utf8" }).sort();
    const other = new TextEncoder().encode("a\n1\n");
    await expect(put(other, { sha256: "0".repeat(64) })).rejects.toThrow(
      /SHA-256 is [0-9a-f]{64} and the address says 000/,
    );
    await expect(put(other, { label: "late" })).rejects.toThrow(
      /has no column "late" to be the label: choose one of "a"/,
    );
    await expect(put(new TextEncoder().encode("a,b\n1\n"))).rejects.toMatchObject({ code: "bad_request" });
    // one page that claims a billion values: the process that reads it may die of it, this one may not
    await expect(
      put(craftParquet({ values: 3, claimed: 1_000_000_000 }), { name: "crafted" }),
    ).rejects.toMatchObject({
      code: "bad_request",
    });
    await expect(put(other, { model: "nobody" })).rejects.toMatchObject({ code: "not_found" });
    await expect(describeDataset(store.db, { model: "delay", sha256: hashOf(other) })).rejects.toThrow(
      /PUT the file to/,
    );
    expect((await listDatasets(store.db, "delay")).datasets).toHaveLength(1);
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).sort();
    expect(files.filter((name) => /[0-9a-f]{64}/.test(name))).toEqual(
      before.filter((name) => /[0-9a-f]{64}/.test(name)),
    );
  });
});
