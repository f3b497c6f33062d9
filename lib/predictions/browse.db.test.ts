import { beforeAll, expect, test } from "vitest";
import { onEachStore, type TestStore } from "@/lib/db/testing";
import { recordLabels } from "@/lib/ingest/labels";
import { recordPredictions } from "@/lib/ingest/predictions";
import { makeGate } from "@/lib/ingest/testing";
import { type BrowseRequest, browsePredictions } from "./browse";
import { exportPredictions } from "./export";
import type { LoggedPrediction } from "./schema";

const NOW = Date.UTC(2026, 5, 1);
const START = Date.UTC(2026, 3, 1);
const ROWS = 250;
const STEP_MS = 20 * 60_000;

const row = (i: number) => {
  const failed = i % 50 === 49;
  return {
    id: `row-${String(i).padStart(3, "0")}`,
    // Two rows share each moment, so that pages must not lose one of them.
    timestamp: new Date(START + Math.floor(i / 2) * STEP_MS).toISOString(),
    features: {
      distance: i % 10 === 0 ? null : i,
      origin: i === 248 ? null : ["LAX", "ATL", "=SUM(A1)", "a%b"][i % 4],
      score: -i,
      weekend: i % 7 > 4,
    },
    latency_ms: 3.25,
    segment: { carrier: i % 2 ? "AA" : "UA" },
    ...(failed
      ? { error: "timeout, after 2 s" }
      : { prediction: i % 3 ? "on time" : "late", score: (i % 100) / 100 }),
  };
};
const rows = Array.from({ length: ROWS }, (_, i) => row(i));

onEachStore("browsing predictions", (fresh) => {
  let store: TestStore;
  beforeAll(async () => {
    store = await fresh();
    const gate = makeGate(store.db);
    const receipt = await recordPredictions(
      gate,
      { model: "m", version: "1", predictions: rows },
      { nowMs: NOW },
    );
    expect(receipt.rejected).toEqual([]);
    const labels = rows.slice(0, 100).map(({ id }, i) => ({ id, label: i % 2 ? "late" : "on time" }));
    await recordLabels(gate, { model: "m", labels }, { nowMs: NOW });
  });
  const browse = (request: Partial<BrowseRequest> = {}) =>
    browsePredictions(store.db, { model: "m", version: "1", ...request }, { nowMs: NOW });
  const all = async (request: Partial<BrowseRequest> = {}) => {
    const found: LoggedPrediction[] = [];
    let cursor: string | null | undefined;
    do {
      const page = await browse({ ...request, cursor });
      found.push(...page.rows);
      cursor = page.next_cursor;
    } while (cursor);
    return found;
  };
  const csv = async (request: object = {}, options: object = {}) => {
    const { pieces } = await exportPredictions(
      store.db,
      { model: "m", version: "1", ...request },
      { nowMs: NOW, ...options },
    );
    let text = "";
    for await (const piece of pieces) text += piece;
    return text;
  };

  test("pages follow each other without a gap or a repeat, in both orders", async () => {
    const newest = await all({ limit: 7 });
    expect(newest.map((each) => each.id)).toEqual(rows.map((each) => each.id).reverse());
    expect((await all({ limit: 33, order: "asc" })).map((each) => each.id)).toEqual(
      rows.map((each) => each.id),
    );
  });

  test("a row comes back as it was logged", async () => {
    const [found] = (await browse({ filters: ["id:eq:row-003"] })).rows;
    expect(found).toEqual({
      id: "row-003",
      timestamp: "2026-04-01T00:20:00.000Z",
      prediction: "late",
      score: 0.03,
      label: "late",
      correct: true,
      latency_ms: 3.25,
      error: null,
      features: { distance: 3, origin: "a%b", score: -3, weekend: "false" },
      segment: { carrier: "AA" },
    });
  });

  test("what is missing is null, of a number and of a category", async () => {
    const [found] = (await browse({ filters: ["origin:missing"] })).rows;
    expect(found).toMatchObject({ id: "row-248", features: { origin: null, distance: 248 } });
    expect((await browse({ filters: ["id:eq:row-010"] })).rows[0]!.features.distance).toBeNull();
  });

  test.each<[string[], (r: (typeof rows)[number]) => boolean]>([
    [
      ["distance:gt:100", "distance:le:120"],
      (r) => r.features.distance !== null && r.features.distance > 100 && r.features.distance <= 120,
    ],
    [["distance:missing"], (r) => r.features.distance === null],
    [["distance:eq:42"], (r) => r.features.distance === 42],
    [["origin:eq:LAX"], (r) => r.features.origin === "LAX"],
    [["origin:ne:LAX"], (r) => r.features.origin !== "LAX"],
    [["origin:contains:%"], (r) => r.features.origin === "a%b"],
    [["origin:eq:nowhere"], () => false],
    [["carrier:eq:AA"], (r) => r.segment.carrier === "AA"],
    [["segment.carrier:eq:AA", "weekend:eq:true"], (r) => r.segment.carrier === "AA" && r.features.weekend],
    [["score:ge:0.9"], (r) => "score" in r && r.score! >= 0.9],
    [["features.score:lt:-200"], (r) => r.features.score < -200],
    [["prediction:eq:late"], (r) => "prediction" in r && r.prediction === "late"],
    [["error:contains:TIMEOUT"], (r) => "error" in r],
    [["error:missing"], (r) => !("error" in r)],
    [["id:contains:00'; DROP TABLE prediction; --"], () => false],
  ])("filters %s", async (filters, expected) => {
    const found = await all({ filters, order: "asc", limit: 60 });
    expect(found.map((each) => each.id)).toEqual(rows.filter(expected).map((each) => each.id));
  });

  test("tells label states apart", async () => {
    const count = async (label: BrowseRequest["label"]) => (await all({ label, limit: 1000 })).length;
    expect(await count("error")).toBe(5);
    expect(await count("labelled")).toBe(98);
    expect(await count("unlabelled")).toBe(147);
    expect((await count("correct")) + (await count("wrong"))).toBe(98);
  });

  test("takes a window, the last seven days with data unless asked", async () => {
    const from = "2026-04-02T00:00:00Z";
    const found = await all({ from, to: "2026-04-02T01:00:00Z", order: "asc" });
    expect(found.map((each) => each.timestamp.slice(11, 16))).toEqual([
      "00:00",
      "00:00",
      "00:20",
      "00:20",
      "00:40",
      "00:40",
    ]);
    expect(await all({ from: "2027-01-01T00:00:00Z" })).toEqual([]);
  });

  test("names what does not fit, and what there is", async () => {
    const refuse = (request: Partial<BrowseRequest>) => expect(browse(request)).rejects;
    await refuse({ filters: ["speed:gt:3"] }).toThrow(/no field "speed".*distance, origin/);
    await refuse({ filters: ["distance"] }).toThrow(/field:op:value/);
    await refuse({ filters: ["distance:gt:far"] }).toThrow(/wants a number, got "far"/);
    await refuse({ filters: ["origin:gt:LAX"] }).toThrow(/is a category/);
    await refuse({ cursor: "nonsense" }).toMatchObject({ code: "bad_request" });
    await refuse({ version: "9" }).toMatchObject({ code: "not_found" });
  });

  test("downloads every row of the filter as CSV that no spreadsheet runs", async () => {
    const text = await csv({ filters: ["origin:eq:=SUM(A1)"], order: "asc" });
    const lines = text.trimEnd().split("\r\n");
    expect(lines[0]).toBe(
      "id,timestamp,prediction,score,label,correct,latency_ms,error,distance,origin,features.score,weekend,segment.carrier",
    );
    expect(lines).toHaveLength(1 + rows.filter((each) => each.features.origin === "=SUM(A1)").length);
    expect(lines[1]).toBe(
      "row-002,2026-04-01T00:20:00.000Z,on time,0.02,on time,true,3.25,,2,'=SUM(A1),-2,false,UA",
    );
    expect(await csv({ label: "error" })).toContain('"timeout, after 2 s"');
  });

  test("a download stops at its most, and when nobody is there any more", async () => {
    expect((await csv({}, { most: 20 })).trimEnd().split("\r\n")).toHaveLength(21);
    const gone = new AbortController();
    const { pieces } = await exportPredictions(
      store.db,
      { model: "m", version: "1" },
      { nowMs: NOW, signal: gone.signal },
    );
    await pieces.next();
    gone.abort();
    await expect(pieces.next()).rejects.toThrow(/abort/i);
  });
});
