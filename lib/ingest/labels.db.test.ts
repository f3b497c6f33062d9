import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { rows } from "@/lib/db/client";
import { onEachStore } from "@/lib/db/testing";
import { seeded } from "@/lib/seeded";
import { recordLabels } from "./labels";
import { recordPredictions } from "./predictions";
import { makeGate, performanceState } from "./testing";

const NOW = Date.UTC(2026, 5, 20);
const START = Date.UTC(2026, 2, 1);
const at = { nowMs: NOW };
const COUNT = 300;

/** Two versions predict the same ids; each id gets a label, some a wrong one first. */
function makeEvents() {
  const random = seeded(3);
  const predictions = (version: string) =>
    Array.from({ length: COUNT }, (_, i) => {
      const score = random.uniform();
      return {
        version,
        row: { id: `p-${i}`, timestamp: time(i * 3_600_000), prediction: score > 0.5 ? "yes" : "no", score },
      };
    });
  const label = (i: number, value: string, days: number) => ({
    id: `p-${i}`,
    label: value,
    timestamp: time(i * 3_600_000 + days * 86_400_000),
  });
  const final = Array.from({ length: COUNT }, (_, i) => label(i, random.uniform() > 0.4 ? "yes" : "no", 90));
  const earlier = final
    .filter((_, i) => i % 3 === 0)
    .map((last, place) => label(place * 3, last.label === "yes" ? "no" : "yes", 2));
  return { predictions: [...predictions("1"), ...predictions("2")], final, earlier };
}

const time = (ms: number) => new Date(START + ms).toISOString();

function shuffled<Item>(items: readonly Item[], seed: number): Item[] {
  const random = seeded(seed);
  return items
    .map((item) => ({ item, at: random.uniform() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

onEachStore("recording labels", (fresh) => {
  test("ends at the same digits however they arrive: before, after, twice, changed, shuffled", async () => {
    const { predictions, final, earlier } = makeEvents();
    const plain = await fresh();
    const gate = makeGate(plain.db);
    // Codes of classes must not depend on who comes first.
    await recordPredictions(gate, { model: "m", version: "1", predictions: [] }, at);
    for (const version of ["1", "2"]) {
      await recordPredictions(
        gate,
        {
          model: "m",
          version,
          predictions: predictions.filter((entry) => entry.version === version).map(({ row }) => row),
        },
        at,
      );
    }
    await recordLabels(gate, { model: "m", labels: final }, at);
    const expected = await performanceState(plain.db);
    expect(expected.length).toBeGreaterThan(100);

    for (const seed of [1, 2]) {
      const { db } = await fresh();
      const other = makeGate(db);
      await recordLabels(
        other,
        {
          model: "m",
          labels: [
            { id: "first", label: "no" },
            { id: "second", label: "yes" },
          ],
        },
        at,
      );
      const events = shuffled(
        [
          ...predictions.map(
            (entry) => () =>
              recordPredictions(other, { model: "m", version: entry.version, predictions: [entry.row] }, at),
          ),
          ...[...final, ...final, ...earlier].map(
            (label) => () => recordLabels(other, { model: "m", labels: [label] }, at),
          ),
        ],
        seed,
      );
      // Versions are numbered as they come; the reference numbered "1" first.
      await recordPredictions(other, { model: "m", version: "1", predictions: [predictions[0]!.row] }, at);
      await Promise.all(events.map((event) => event()));
      expect(await performanceState(db)).toEqual(expected);
    }
  });

  test("says which labels have no prediction yet, and joins them when it comes", async () => {
    const { db } = await fresh();
    const gate = makeGate(db);
    const labels = [
      { id: "a", label: 3.5 },
      { id: "b", label: 1 },
    ];
    expect(await recordLabels(gate, { model: "m", labels }, at)).toEqual({
      accepted: 2,
      unmatched: 2,
      rejected: [],
    });
    await recordPredictions(
      gate,
      { model: "m", version: "1", predictions: [{ id: "a", timestamp: time(0), prediction: 3 }] },
      at,
    );
    const [cell] = await performanceState(db);
    expect(cell).toMatchObject({
      n: 1,
      actual: 0,
      predicted: 0,
      sum_absolute_error: "0.5",
      sum_squared_error: "0.25",
      sum_label: "3.5",
    });
    expect(await recordLabels(gate, { model: "m", labels: [labels[0]] }, at)).toMatchObject({ unmatched: 0 });
  });

  test("scores each version that predicted the id, and no failed prediction", async () => {
    const { db } = await fresh();
    const gate = makeGate(db);
    const predict = (version: string, over: object) =>
      recordPredictions(
        gate,
        { model: "m", version, predictions: [{ id: "a", timestamp: time(0), ...over }] },
        at,
      );
    await predict("1", { prediction: "yes" });
    await predict("2", { prediction: "no" });
    await predict("3", { error: "timeout" });
    await recordLabels(gate, { model: "m", labels: [{ id: "a", label: "yes" }] }, at);
    const days = await rows<{ version_id: number; n: number }>(
      db,
      sql`SELECT version_id, n::int AS n FROM performance_summary WHERE grain = 24 ORDER BY 1`,
    );
    expect(days).toEqual([
      { version_id: 1, n: 1 },
      { version_id: 2, n: 1 },
    ]);
  });

  test("keeps the later of two labels by their own time, and the others of a batch with a bad one", async () => {
    const { db } = await fresh();
    const gate = makeGate(db);
    await recordPredictions(
      gate,
      { model: "m", version: "1", predictions: [{ id: "a", timestamp: time(0), prediction: "yes" }] },
      at,
    );
    const receipt = await recordLabels(
      gate,
      {
        model: "m",
        labels: [
          { id: "a", label: "no", timestamp: time(2000) },
          { id: "a", label: "yes", timestamp: time(1000) },
          { id: "a" },
          { id: "b\u0000", label: "no" },
          { id: "c", label: { x: 1 } },
          "text",
        ],
      },
      at,
    );
    expect(receipt).toMatchObject({ accepted: 2, unmatched: 0 });
    expect(receipt.rejected.map(({ index, error }) => [index, error])).toEqual([
      [2, "label: missing"],
      [3, "id: contains a NUL character; remove it"],
      [4, 'label: expected a class (text) or a number, got {"x":1}'],
      [5, 'expected an object with id and label, got "text"'],
    ]);
    const [held] = await rows<{ value: string }>(
      db,
      sql`SELECT c.value FROM label l JOIN class c ON c.model_id = l.model_id AND c.code = l.label`,
    );
    expect(held).toEqual({ value: "no" });
  });
});
