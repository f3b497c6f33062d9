import { readFileSync } from "node:fs";
import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { rows as read } from "@/lib/db/client";
import { onEachStore } from "@/lib/db/testing";
import { recordLabels } from "@/lib/ingest/labels";
import { recordPredictions } from "@/lib/ingest/predictions";
import { makeGate } from "@/lib/ingest/testing";
import { reportPerformance } from "./report";

const NOW = Date.UTC(2026, 5, 1);
const TIME = "2026-03-01T12:00:00Z";
/** Scikit-learn's price of a probability of 0: −ln 2⁻⁵². */
const SURE_MISS = 52 * Math.LN2;

/** Three classes, of which the client logs the likeliest two; a row may have no scores at all. */
const ROWS = [
  { scores: { cat: 0.5, dog: 0.4 }, truth: "cat" },
  { scores: { cat: 0.75, dog: 0.2 }, truth: "dog" },
  { scores: { dog: 0.7, cat: 0.2 }, truth: "fox" },
  { scores: { fox: 0.8, dog: 0.1 }, truth: "fox" },
  { scores: undefined, truth: "dog" },
];

onEachStore("the score of the true class", (fresh) => {
  const predictions = ROWS.map(({ scores }, i) => ({
    id: `${i}`,
    timestamp: TIME,
    features: { x: i },
    segment: { site: "a" },
    prediction: scores ? Object.keys(scores)[0]! : "cat",
    scores,
  }));
  const label = (i: number, value: string, hour = 13) => ({
    id: `${i}`,
    label: value,
    timestamp: TIME.replace("12", String(hour)),
  });
  const labels = ROWS.map(({ truth }, i) => label(i, truth));
  const at = { model: "m", version: "1" };

  test.each([
    ["labels after", false],
    ["labels before", true],
  ])("is 0 where only other classes were logged, from hours and from rows: %s", async (_, labelsFirst) => {
    const { db } = await fresh();
    const gate = makeGate(db);
    const tell = (all: unknown[]) => recordLabels(gate, { model: "m", labels: all }, { nowMs: NOW });
    const log = () => recordPredictions(gate, { ...at, predictions }, { nowMs: NOW });
    if (labelsFirst)
      await recordPredictions(
        gate,
        { ...at, predictions: [{ ...predictions[0]!, id: "first" }] },
        { nowMs: NOW },
      );
    if (labelsFirst) await tell(labels);
    expect((await log()).rejected).toEqual([]);
    if (!labelsFirst) await tell(labels);

    const measured = async (request: object = {}) =>
      (await reportPerformance(db, { ...at, ...request }, { nowMs: NOW })).metrics.log_loss!;
    const sides = async () => [
      await measured(),
      await measured({ from: "2026-03-01T11:30:00Z", to: "2026-03-01T12:30:00Z" }),
      await measured({ segment: "site:a" }),
    ];
    // −ln of 0.5, 0.2, nothing, 0.8; the fifth row has no scores and is not counted.
    for (const loss of await sides()) {
      expect(loss).toBeCloseTo((-Math.log(0.5) - Math.log(0.2) + SURE_MISS - Math.log(0.8)) / 4, 9);
    }
    // A corrected label takes back what the old one added.
    await tell([label(2, "dog", 14)]);
    for (const loss of await sides()) {
      expect(loss).toBeCloseTo(-(Math.log(0.5) + Math.log(0.2) + Math.log(0.7) + Math.log(0.8)) / 4, 9);
    }
  });

  test("of a row without a score costs nothing, in two classes too", async () => {
    const { db } = await fresh();
    const gate = makeGate(db);
    const rows = [0.8, 0.4, undefined].map((score, i) => ({
      id: `${i}`,
      timestamp: TIME,
      features: { x: i },
      segment: { site: "a" },
      prediction: i === 0 ? "yes" : "no",
      score,
    }));
    await recordPredictions(gate, { ...at, predictions: rows }, { nowMs: NOW });
    await recordLabels(
      gate,
      { model: "m", labels: ["yes", "no", "no"].map((value, i) => label(i, value)) },
      { nowMs: NOW },
    );
    for (const request of [{}, { segment: "site:a" }]) {
      const { metrics } = await reportPerformance(db, { ...at, ...request }, { nowMs: NOW });
      expect(metrics.log_loss).toBeCloseTo(-(Math.log(0.8) + Math.log(0.6)) / 2, 9);
    }
  });

  test("is put right in what an older program has counted", async () => {
    const statements = (file: string) =>
      readFileSync(`drizzle/${file}.sql`, "utf8").split("--> statement-breakpoint");
    const { db } = await fresh();
    const gate = makeGate(db);
    const stored = async () =>
      read(
        db,
        sql`SELECT grain, actual, predicted, n, scored, class_scored, trim_scale(sum_log_score)::text AS score,
          trim_scale(sum_log_complement)::text AS complement, trim_scale(sum_log_actual)::text AS own
          FROM performance_summary ORDER BY 1, 2, 3`,
      );
    const older = statements("0001_record").filter((text) =>
      /FUNCTION (add_outcomes|settle_labels|record_labels)\(/.test(text),
    );
    expect(older).toHaveLength(3);
    for (const text of older)
      await db.execute(sql.raw(text.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")));
    await recordPredictions(gate, { ...at, predictions }, { nowMs: NOW });
    await recordLabels(gate, { model: "m", labels }, { nowMs: NOW });
    const wrong = await stored();
    for (const text of statements("0041_true_class_score").slice(1)) await db.execute(sql.raw(text));
    const right = await stored();
    expect(right).not.toEqual(wrong);

    await db.execute(sql`DELETE FROM performance_summary`);
    await db.execute(sql`DELETE FROM label`);
    await recordLabels(gate, { model: "m", labels }, { nowMs: NOW });
    expect(await stored()).toEqual(right);
  });
});
