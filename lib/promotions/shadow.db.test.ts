import { beforeAll, expect, test } from "vitest";
import { onEachStore, type TestStore } from "@/lib/db/testing";
import { Gate } from "@/lib/ingest/gate";
import { recordPredictions } from "@/lib/ingest/predictions";
import { reportShadow } from "./shadow";
import { shadowWords } from "./shadow-words";

const DAY = 86_400_000;
const START = Date.UTC(2026, 4, 4);
const NOW = START + 20 * DAY;
const SIDES = { champion: "1", challenger: "2" };

type Row = { id: string; tsMs: number; prediction: string | number };

onEachStore("shadow disagreement", (fresh) => {
  let store: TestStore;
  beforeAll(async () => {
    store = await fresh();
  });

  async function log(model: string, version: string, rows: readonly Row[]) {
    const gate = new Gate(store.db, { mostRows: 100_000, concurrency: 2 });
    for (let i = 0; i < rows.length; i += 500) {
      const predictions = rows.slice(i, i + 500).map(({ id, tsMs, prediction }) => ({
        id,
        timestamp: new Date(tsMs).toISOString(),
        features: { distance: i },
        prediction,
      }));
      const done = await recordPredictions(gate, { model, version, predictions }, { nowMs: NOW });
      expect(done.rejected).toEqual([]);
    }
  }
  const rows = (n: number, of: (i: number) => Partial<Row> & Pick<Row, "prediction">): Row[] =>
    Array.from({ length: n }, (_, i) => ({ id: `r${i}`, tsMs: START + (i / n) * 3 * DAY, ...of(i) }));
  const report = (model: string) =>
    reportShadow(store.db, { model, version: "2", champion: "1" }, { nowMs: NOW });

  test("of classes it is the share of shared ids with another label, with its interval", async () => {
    await log(
      "classes",
      "1",
      rows(1200, (i) => ({ prediction: i % 3 === 0 ? "late" : "on_time" })),
    );
    // The challenger shadows the first 800 of them, answers 40 otherwise, and 100 requests of its own.
    await log("classes", "2", [
      ...rows(1200, (i) => ({
        prediction: (i % 3 === 0) !== i % 20 > 18 ? "late" : "on_time",
        tsMs: START + (i / 1200) * 3 * DAY + 40,
      })).slice(0, 800),
      ...rows(100, (i) => ({ id: `own${i}`, prediction: "late" })),
    ]);
    const found = await report("classes");
    expect(found).toMatchObject({ n: 800, challenger_n: 900, share_differing: 0.05, mean_difference: null });
    // Wilson, 40 of 800: (0.05 + 1.92073/800 ± 1.959964·√(0.05·0.95/800 + 0.960365/640000)) / (1 + 3.841459/800)
    expect(found!.interval![0]).toBeCloseTo(0.0369314, 6);
    expect(found!.interval![1]).toBeCloseTo(0.0673696, 6);
    expect(shadowWords(found, SIDES)).toMatch(
      /^Version 2 gives another label than version 1 to 5.% \(3\.7.% to 6\.7.%\), 40 of 800 ids that both predicted \(of 900 predictions of version 2/,
    );
  });

  test("of numbers it is the mean absolute difference", async () => {
    await log(
      "numbers",
      "1",
      rows(300, (i) => ({ prediction: i })),
    );
    await log(
      "numbers",
      "2",
      rows(200, (i) => ({ prediction: i % 2 === 0 ? i + 3 : i - 1, tsMs: START + (i / 300) * 3 * DAY })),
    );
    const found = await report("numbers");
    expect(found).toMatchObject({ n: 200, share_differing: null, interval: null, mean_difference: 2 });
    expect(shadowWords(found, SIDES)).toContain("is 2.000 away from version 1 on average");
  });

  test("of an id that was predicted twice the later prediction counts, once", async () => {
    await log("twice", "1", [
      { id: "a", tsMs: START, prediction: "late" },
      { id: "b", tsMs: START, prediction: "late" },
    ]);
    await log("twice", "2", [
      { id: "a", tsMs: START, prediction: "on_time" },
      { id: "a", tsMs: START + 1000, prediction: "late" },
      { id: "b", tsMs: START, prediction: "late" },
      { id: "b", tsMs: START + 1000, prediction: "on_time" },
    ]);
    expect(await report("twice")).toMatchObject({ n: 2, challenger_n: 4, share_differing: 0.5 });
  });

  test("where no id was predicted by both it says so, and where nothing was logged as well", async () => {
    await log(
      "apart",
      "1",
      rows(20, (i) => ({ id: `one${i}`, prediction: "late" })),
    );
    await log(
      "apart",
      "2",
      rows(20, (i) => ({ id: `two${i}`, prediction: "late" })),
    );
    const found = await report("apart");
    expect(found).toMatchObject({ n: 0, share_differing: null, interval: null, mean_difference: null });
    expect(shadowWords(found, SIDES)).toMatch(/^No id was predicted by both/);
    await log(
      "silent",
      "1",
      rows(5, () => ({ prediction: "late" })),
    );
    expect(await report("silent")).toBeNull();
    expect(shadowWords(null, SIDES)).toBe("Version 2 has logged no predictions to compare with.");
  });
});
