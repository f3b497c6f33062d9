import { expect, test } from "vitest";
import { putBaseline } from "@/lib/baselines/put";
import { onEachStore } from "@/lib/db/testing";
import { reportDrift } from "./report";
import { AT, baselineOf, logRows, makeRows, NOW } from "./report.fixture";
import { reportCarriers } from "./report-carriers";
import { DriftCarriers } from "./schema";

onEachStore("who carries a drift", (fresh) => {
  test("is the part that moved, and the parts add up to the distance", async () => {
    const { db } = await fresh();
    await putBaseline(db, { ...AT, input: baselineOf(makeRows(1500, { seed: 41 })) });
    const rows = makeRows(2000, { seed: 42 }).map((row) => ({
      ...row,
      features: { ...row.features, wave: row.features.wave + (row.segment.carrier === "AA" ? 4 : 0) },
    }));
    await logRows(db, rows);
    const carriers = async (feature: string) =>
      DriftCarriers.parse(await reportCarriers(db, { ...AT, feature }, { nowMs: NOW }));
    const report = await reportDrift(db, AT, { nowMs: NOW });

    const wave = await carriers("wave");
    expect(wave.distance).toBeCloseTo(report.features.find(({ name }) => name === "wave")!.effect!, 12);
    const [{ name, role, distinct, values }] = wave.dimensions as [DriftCarriers["dimensions"][number]];
    expect([name, role, distinct]).toEqual(["carrier", "segment", 2]);
    const of = (value: string) => values.find((each) => each.value === value)!;
    expect(of("AA").n).toBe(rows.filter((row) => row.segment.carrier === "AA").length);
    expect(of("AA").drift_share).toBeGreaterThan(0.8);
    expect(Math.abs(of("UA").drift_share!)).toBeLessThan(0.2);
    expect(of("AA").contribution + of("UA").contribution).toBeCloseTo(wave.distance!, 12);

    // Rows without a value of the feature are in no part.
    const origin = await carriers("origin");
    expect(origin.n).toBe(rows.filter((row) => row.features.origin !== null).length);
    expect(origin.distance).toBeCloseTo(report.features.find(({ name }) => name === "origin")!.effect!, 12);

    await expect(carriers("nosuch")).rejects.toMatchObject({
      code: "not_found",
      message: expect.stringContaining("wave, count"),
    });
  });

  test("says in words where it cannot be known", async () => {
    const { db } = await fresh();
    await logRows(db, makeRows(50, { seed: 43 }));
    const { dimensions, reason } = await reportCarriers(db, { ...AT, feature: "wave" }, { nowMs: NOW });
    expect([dimensions, reason]).toEqual([[], "one of both sides has no value of this feature"]);
  });
});
