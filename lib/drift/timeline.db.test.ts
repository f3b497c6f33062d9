import { expect, test } from "vitest";
import { putBaseline } from "@/lib/baselines/put";
import { rebuildSummaries } from "@/lib/baselines/rebuild";
import { onEachStore } from "@/lib/db/testing";
import { reportSegments } from "@/lib/predictions/segments";
import { reportDrift } from "./report";
import { AT, baselineOf, DAY, inside, logRows, makeRows, NOW, START } from "./report.fixture";
import { DriftTimeline } from "./schema";
import { reportTimeline } from "./timeline";

const iso = (ms: number) => new Date(ms).toISOString();

onEachStore("a drift timeline", (fresh) => {
  test("says of each day what the day's report says", async () => {
    const { db } = await fresh();
    await putBaseline(db, { ...AT, input: baselineOf(makeRows(1000, { seed: 1 })) });
    const rows = makeRows(2000, { seed: 2, days: 4, shift: 1 });
    await logRows(db, rows);
    const window = { from: iso(START - DAY + 5_000_000), to: iso(START + 3 * DAY + 7_654_321) };
    const timeline = DriftTimeline.parse(
      await reportTimeline(db, { ...AT, ...window, bucket: "day" }, { nowMs: NOW }),
    );
    expect(timeline.buckets.map((bucket) => bucket.start)).toEqual(
      [-1, 0, 1, 2, 3].map((day) => iso(START + day * DAY)),
    );
    expect(timeline.buckets[0]).toEqual({ start: iso(START - DAY), n: 0, filling: false });
    for (const [i, bucket] of timeline.buckets.entries()) {
      const from = iso(Math.max(Date.parse(bucket.start), Date.parse(window.from)));
      const to = iso(Math.min(Date.parse(bucket.start) + DAY, Date.parse(window.to)));
      expect(bucket.n).toBe(inside(rows, from, to).length);
      const report = await reportDrift(db, { ...AT, from, to }, { nowMs: NOW });
      for (const [k, row] of [...timeline.features, timeline.prediction!, timeline.score!].entries()) {
        const drift = [...report.features, report.prediction!, report.score!][k]!;
        expect([row.name, row.effect[i], row.n[i]]).toEqual([drift.name, drift.effect, drift.n_current]);
        expect([row.error_bound[i], row.band[i]]).toEqual([drift.error_bound, drift.effect_band]);
      }
    }
  });

  test("by the hour and by a segment counts the rows that are there, and marks what is filling", async () => {
    const { db } = await fresh();
    const rows = makeRows(1500, { seed: 3, days: 2 });
    rows.push({ ...rows[0]!, id: "last", timestamp: iso(START + 2 * DAY + 600_000) });
    await logRows(db, rows);
    await putBaseline(db, {
      ...AT,
      input: { kind: "window", window: { from: iso(START), to: iso(START + DAY) } },
    });
    await rebuildSummaries(db, AT);
    const window = { from: iso(START), to: iso(START + 2 * DAY + DAY / 12) };
    const hours = DriftTimeline.parse(
      await reportTimeline(db, { ...AT, ...window, bucket: "hour" }, { nowMs: NOW }),
    );
    expect(hours.buckets).toHaveLength(50);
    expect(hours.buckets.filter((bucket) => bucket.filling).map((bucket) => bucket.start)).toEqual([
      iso(START + 2 * DAY),
    ]);
    expect(hours.buckets.at(-1)).toMatchObject({ n: 0, filling: false });
    expect(hours.features[0]!.effect.at(-1)).toBeNull();
    const cut = DriftTimeline.parse(
      await reportTimeline(db, { ...AT, ...window, bucket: "day", segment: "carrier:UA" }, { nowMs: NOW }),
    );
    const ua = rows.filter((row) => row.segment.carrier === "UA");
    expect(cut.buckets.map((bucket) => bucket.n)).toEqual(
      [0, 1, 2].map((day) => inside(ua, iso(START + day * DAY), iso(START + (day + 1) * DAY)).length),
    );
    expect(cut.features[0]!.effect[0]).toBe(0);
    await expect(
      reportTimeline(
        db,
        { ...AT, from: iso(START - 100 * DAY), to: iso(START), bucket: "hour" },
        { nowMs: NOW },
      ),
    ).rejects.toThrow("2400 buckets of one hour, the most is 1000: take bucket=day, or a shorter window");
  });
});

onEachStore("segments", (fresh) => {
  test("are the categories with their rows in the window", async () => {
    const { db } = await fresh();
    const rows = makeRows(700, { seed: 4, days: 2 });
    await logRows(db, rows);
    const window = { from: iso(START), to: iso(START + DAY) };
    const held = inside(rows, window.from, window.to);
    const { dimensions } = await reportSegments(db, { ...AT, ...window });
    expect(dimensions.map(({ name, role, distinct }) => [name, role, distinct])).toEqual([
      ["carrier", "segment", 2],
      ["origin", "feature", 4],
      ["prediction", "segment", 2],
    ]);
    for (const { value, n } of dimensions[1]!.values) {
      expect(n).toBe(held.filter((row) => row.features.origin === value).length);
    }
    await expect(reportSegments(db, { model: "m", version: "9" })).rejects.toMatchObject({
      code: "not_found",
    });
  });
});
