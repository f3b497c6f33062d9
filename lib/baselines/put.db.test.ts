import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { rows } from "@/lib/db/client";
import { onEachStore } from "@/lib/db/testing";
import { TidemarkError } from "@/lib/errors";
import { recordPredictions } from "@/lib/ingest/predictions";
import { makeGate } from "@/lib/ingest/testing";
import { getVersion, LABEL, PREDICTION } from "@/lib/models/store";
import { putBaseline } from "./put";
import { csv, ndjson, pieces } from "./put.fixture";
import { reportBaseline } from "./report";
import { readBaselineColumn, readBaselineFeatures } from "./store";

const at = { model: "m", version: "1" };
const refusal = async (promise: Promise<unknown>): Promise<TidemarkError> => {
  const error = await promise.then(
    () => new Error("nothing was refused"),
    (reason) => reason,
  );
  if (!(error instanceof TidemarkError)) throw error;
  return error;
};

onEachStore("a baseline", (fresh) => {
  test("of CSV creates the version with the file's schema", async () => {
    const { db } = await fresh();
    const text = [
      "\uFEFFid,distance,origin,cargo,gap,prediction,score,label",
      '1,100,"LAX",True,,late,0.9,late',
      '2,250.5,"Ö, ""R""\nD",False,NA,on_time,0.2,late',
      "3,-3e2,JFK,True,,on_time,0.1,on_time",
      "4,,LAX,False,nan,late,0.8,",
    ].join("\r\n");
    const { receipt, standing } = await putBaseline(db, { ...at, input: csv(text, 3) });
    expect(standing).toBe(true);
    expect(receipt).toEqual({
      rows: 4,
      labelled: 3,
      features: [
        { name: "distance", type: "numerical", missing: 1 },
        { name: "origin", type: "categorical", missing: 0 },
        { name: "cargo", type: "categorical", missing: 0 },
        { name: "gap", type: null, missing: 4 },
      ],
      rejected: [],
      notes: ['left out, they describe the row: "id"', "predictions and labels are read as classes"],
    });
    const record = await getVersion(db, "m", "1");
    expect(record).toMatchObject({ task: "classification", baselineId: 1, classes: ["late", "on_time"] });
    expect(record.classes[record.positiveClass! - 1]).toBe("late");
    const words = await rows(db, sql`SELECT value FROM category ORDER BY feature_id, code`);
    expect(words).toEqual(["JFK", "LAX", 'Ö, "R"\nD', "false", "true"].map((value) => ({ value })));
    expect(await readBaselineColumn(db, record, 1)).toEqual(Float64Array.of(100, 250.5, -300, Number.NaN));
    expect(await readBaselineColumn(db, record, LABEL)).toHaveLength(4);
    const info = await reportBaseline(db, at);
    expect(info).toMatchObject({
      kind: "file",
      rows: 4,
      file_name: "sample.csv",
      window: null,
      labelled: 3,
      rebuild_before: null,
    });
    const [stored] = await rows<{ performance: { metrics: { accuracy: number } } }>(
      db,
      sql`SELECT performance FROM baseline`,
    );
    expect(stored!.performance.metrics.accuracy).toBeCloseTo(2 / 3, 12);
    const audit = await rows(
      db,
      sql`SELECT actor, action, subject, before, after->>'rows' AS rows FROM audit_event`,
    );
    expect(audit).toEqual([
      { actor: "cli", action: "baseline.put", subject: "version:m/1", before: null, rows: "4" },
    ]);
  });

  test("of CSV means the classes and categories of the log, however a spreadsheet spells them", async () => {
    const { db } = await fresh();
    const gate = makeGate(db);
    const log = (predictions: object[]) =>
      recordPredictions(gate, { ...at, predictions }, { nowMs: Date.UTC(2026, 2, 2) });
    const row = (id: string, prediction: number, features: object) => ({
      id,
      timestamp: "2026-03-01T00:00:00Z",
      features,
      prediction,
      scores: { "0.0": 1 - (0.2 + 0.6 * prediction), "1.0": 0.2 + 0.6 * prediction },
      segment: { weekend: "TRUE" },
    });
    const logged = await log([
      row("a", 1, { store: "7", code: "007", hub: true, build: "2.0" }),
      row("b", 0, { store: "12", code: "7", hub: "False", build: "2" }),
    ]);
    expect(logged.rejected).toEqual([]);
    const { receipt } = await putBaseline(db, {
      ...at,
      input: csv(
        [
          "store,code,hub,build,segment.weekend,prediction,score,label",
          "7.0,007,True,2.0,True,1.0,0.9,1.0",
          "12.0,7,False,2,FALSE,0.0,0.1,0.0",
          ",7,FALSE,2.0,true,1.0,0.8,",
        ].join("\n"),
      ),
    });
    expect(receipt).toMatchObject({ rows: 3, labelled: 2, rejected: [] });
    expect(await getVersion(db, "m", "1")).toMatchObject({ classes: ["0", "1"], positiveClass: 2 });
    const words = await rows<{ name: string; values: string[] }>(
      db,
      sql`SELECT f.name, array_agg(c.value ORDER BY c.value) AS values FROM category c JOIN feature f USING (model_id, version_id, feature_id)
        GROUP BY f.name ORDER BY f.name`,
    );
    expect(words).toEqual([
      { name: "build", values: ["2", "2.0"] },
      { name: "code", values: ["007", "7"] },
      { name: "hub", values: ["false", "true"] },
      { name: "store", values: ["12", "7"] },
      { name: "weekend", values: ["false", "true"] },
    ]);
  });

  test("of CSV that comes before the log names classes as JSON will, and keeps codes", async () => {
    const { db } = await fresh();
    const { receipt } = await putBaseline(db, {
      ...at,
      input: csv(
        ["zip,prediction,score,label", "01234,1.0,0.9,1.0", "99,0.0,0.1,0.0", "x,0.0,0.3,"].join("\n"),
      ),
    });
    expect(receipt.rejected).toEqual([]);
    expect((await getVersion(db, "m", "1")).classes).toEqual(["0", "1"]);
    const words = await rows(db, sql`SELECT value FROM category ORDER BY value`);
    expect(words).toEqual(["01234", "99", "x"].map((value) => ({ value })));
  });

  test("is held against the version's schema row by row, and unknown columns are left out", async () => {
    const { db } = await fresh();
    const gate = makeGate(db);
    await recordPredictions(
      gate,
      {
        ...at,
        predictions: [
          {
            id: "a",
            timestamp: "2026-03-01T00:00:00Z",
            features: { distance: 1, origin: "LAX" },
            prediction: 2.5,
          },
        ],
      },
      { nowMs: Date.UTC(2026, 2, 2) },
    );
    const { receipt } = await putBaseline(db, {
      ...at,
      input: ndjson([
        { distance: 5, origin: "JFK", colour: "red", prediction: 3 },
        { distance: "far", origin: "JFK" },
        "{broken",
        { distance: null, origin: "LAX", prediction: 1 },
        [1],
        { features: { distance: 7 }, segment: { carrier: "AA" }, prediction: 2 },
        { distance: 1, origin: { code: "LAX" } },
        { distance: 1, prediction: "late" },
      ]),
    });
    expect(receipt.rows).toBe(3);
    expect(receipt.rejected).toEqual([
      { index: 1, id: null, error: 'distance: expected a number, got "far"' },
      { index: 2, id: null, error: expect.stringContaining("not JSON") },
      { index: 4, id: null, error: "expected an object a line" },
      { index: 6, id: null, error: expect.stringContaining("origin: expected a number, text") },
      { index: 7, id: null, error: 'prediction: expected a number, got "late"' },
    ]);
    expect(receipt.notes).toEqual([`left out, not in the version's schema: "colour"`]);
    expect(receipt.features).toEqual([
      { name: "distance", type: "numerical", missing: 1 },
      { name: "origin", type: "categorical", missing: 1 },
      { name: "carrier", type: "categorical", missing: 2 },
    ]);
  });

  test.each([
    ["", "empty"],
    ["a,b\n", "header but no rows"],
    ["a,b,a\n1,2,3\n", '"a" twice'],
    ['a,b\n1,"x\n', "not closed"],
    ["id,timestamp\n1,2\n", "none of the file's columns"],
    ["a,b\n1\n2\n", "none of the 2 rows can be kept; the first: the row has 1 cells and the header 2"],
  ])("refuses %j in words", async (text, words) => {
    const { db } = await fresh();
    const error = await refusal(putBaseline(db, { ...at, input: csv(text) }));
    expect(error.code).toBe("bad_request");
    expect(error.message).toContain(words);
  });

  test("too large to be read in this process stands like any other", async () => {
    const { db } = await fresh();
    const lines = Array.from(
      { length: 60_000 },
      (_, i) => `${i},w${i % 40},${i % 3 ? "late" : "on_time"},0.${i % 3}5,late`,
    );
    const { receipt, standing } = await putBaseline(db, {
      ...at,
      input: csv(`x,word,prediction,score,label\n${lines.join("\n")}\nfar,a\n`, 50_000),
    });
    expect(standing).toBe(true);
    expect(receipt).toMatchObject({ rows: 60_000, labelled: 60_000, rejected: [{ index: 60_000 }] });
    const record = await getVersion(db, "m", "1");
    expect(record.classes[record.positiveClass! - 1]).toBe("late");
    const stored = await readBaselineColumn(db, record, 1);
    expect([stored!.length, stored![59_999]]).toEqual([60_000, 59_999]);
    const features = await readBaselineFeatures(db, record);
    expect(features.get(1)!.histogram).toMatchObject({ n: 60_000, min: 0, max: 59_999 });
    expect(features.get(2)!.histogram.counts.size).toBe(40);
  });

  test("refuses bytes that are no UTF-8, and no Parquet", async () => {
    const { db } = await fresh();
    const latin = (async function* () {
      yield Uint8Array.of(0x61, 0x0a, 0xe9, 0x0a);
    })();
    const error = await refusal(
      putBaseline(db, { ...at, input: { kind: "csv", bytes: latin, fileName: null } }),
    );
    expect(error.message).toContain("not UTF-8");
    const bytes = new TextEncoder().encode("PAR1 and then nothing of the kind PAR1");
    const other = await refusal(
      putBaseline(db, { ...at, input: { kind: "parquet", bytes: pieces(bytes), fileName: null } }),
    );
    expect(other).toMatchObject({ code: "bad_request", message: expect.stringContaining("Parquet") });
  });

  test("of one row, of constants and of one category stands", async () => {
    const { db } = await fresh();
    const { receipt } = await putBaseline(db, { ...at, input: csv("x,c\n7,a\n") });
    expect(receipt.rows).toBe(1);
    await putBaseline(db, { ...at, input: csv(`x,c\n${"0,a\n".repeat(500)}`) });
    const features = await readBaselineFeatures(db, await getVersion(db, "m", "1"));
    expect([...features.get(1)!.edges]).toEqual([-5e-324, 0]);
    expect(features.get(1)!.histogram).toMatchObject({ n: 500, min: 0, max: 0 });
    expect(features.get(2)!.histogram.counts).toEqual(new Map([[1, 500]]));
  });

  test("keeps the spelling of a column that turns out to be text", async () => {
    const { db } = await fresh();
    await putBaseline(db, { ...at, input: csv("zip,n\n007,1\n1.50,2\n12,3\nE1,4\n") });
    const words = await rows(db, sql`SELECT value FROM category ORDER BY value`);
    expect(words).toEqual(["007", "1.50", "12", "E1"].map((value) => ({ value })));
  });

  test("of a regression may have scores, which belong to no class", async () => {
    const { db } = await fresh();
    const predictions = [1.5, 2.5].map((prediction, i) => ({
      id: `p${i}`,
      timestamp: "2026-03-01T00:00:00Z",
      features: { x: i },
      prediction,
    }));
    await recordPredictions(makeGate(db), { ...at, predictions }, { nowMs: Date.UTC(2026, 2, 2) });
    const { receipt } = await putBaseline(db, {
      ...at,
      input: csv("x,prediction,score\n1,1.5,0.2\n2,2.5,0.9\n"),
    });
    expect(receipt).toMatchObject({ rows: 2, rejected: [] });
    expect(await getVersion(db, "m", "1")).toMatchObject({ task: "regression", positiveClass: null });
  });

  test("of a window freezes what was logged, with its labels", async () => {
    const { db } = await fresh();
    const gate = makeGate(db);
    const day = Date.UTC(2026, 2, 1);
    const predictions = Array.from({ length: 300 }, (_, i) => ({
      id: `p${i}`,
      timestamp: new Date(day + i * 600_000).toISOString(),
      features: { x: i, c: i % 2 ? "odd" : "even" },
      prediction: i % 3 ? "no" : "yes",
      score: i % 3 ? 0.2 : 0.8,
    }));
    await recordPredictions(gate, { ...at, predictions }, { nowMs: day + 5 * 86_400_000 });
    const window = { from: "2026-03-01T00:05:00Z", to: "2026-03-02T00:00:00Z" };
    const { receipt } = await putBaseline(db, { ...at, input: { kind: "window", window } });
    expect(receipt).toMatchObject({ rows: 143, labelled: 0, rejected: [] });
    const record = await getVersion(db, "m", "1");
    expect((await readBaselineColumn(db, record, 1))!.slice(0, 3)).toEqual(Float64Array.of(1, 2, 3));
    expect(await readBaselineColumn(db, record, PREDICTION)).toHaveLength(143);
    expect(await reportBaseline(db, at)).toMatchObject({
      kind: "window",
      window: { from: "2026-03-01T00:05:00.000Z", to: "2026-03-02T00:00:00.000Z" },
      rebuild_before: "2026-03-04T00:00:00.000Z",
    });
    const empty = { from: "2025-03-01T00:00:00Z", to: "2025-03-02T00:00:00Z" };
    const error = await refusal(putBaseline(db, { ...at, input: { kind: "window", window: empty } }));
    expect(error.message).toContain("no predictions between");
  });

  test("put twice at once leaves one of both standing, whole", async () => {
    const { db } = await fresh();
    const file = (from: number) => `x\n${Array.from({ length: 400 }, (_, i) => from + i).join("\n")}\n`;
    const both = await Promise.all([
      putBaseline(db, { ...at, input: csv(file(0), 64) }),
      putBaseline(db, { ...at, input: csv(file(1000), 64) }),
    ]);
    expect(both.some(({ standing }) => standing)).toBe(true);
    const record = await getVersion(db, "m", "1");
    expect(await readBaselineColumn(db, record, 1)).toHaveLength(400);
    expect((await readBaselineFeatures(db, record)).get(1)!.histogram.n).toBe(400);
  });
});
