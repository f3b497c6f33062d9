import { expect, test } from "vitest";
import { putBaseline } from "@/lib/baselines/put";
import { rebuildSummaries } from "@/lib/baselines/rebuild";
import { onEachStore } from "@/lib/db/testing";
import { reportDrift } from "./report";
import { AT, baselineOf, DAY, inside, logRows, makeRows, NOW, random, START } from "./report.fixture";
import { DriftReport, DriftTimeline, type FeatureDrift } from "./schema";
import { reportTimeline } from "./timeline";

const iso = (ms: number) => new Date(ms).toISOString();
const named = (features: readonly FeatureDrift[], name: string) =>
  features.find((feature) => feature.name === name)!;
const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

onEachStore("a drift report", (fresh) => {
  test("brackets the true distance and counts exactly, whatever the window's edges", async () => {
    const { db } = await fresh();
    const reference = makeRows(900, { seed: 1 });
    const rows = makeRows(1800, { seed: 2, shift: 0.4 });
    await logRows(db, rows.slice(0, 900));
    await putBaseline(db, { ...AT, input: baselineOf(reference) });
    await rebuildSummaries(db, AT);
    await logRows(db, rows.slice(900));
    const next = random(3);
    for (let round = 0; round < 5; round++) {
      const [a, b] = [next() * 6 * DAY, next() * 6 * DAY].sort((x, y) => x - y);
      const window = { from: iso(START + Math.floor(a!)), to: iso(START + Math.floor(b!) + 1) };
      const summaries = DriftReport.parse(await reportDrift(db, { ...AT, ...window }, { nowMs: NOW }));
      const exact = DriftReport.parse(
        await reportDrift(db, { ...AT, ...window, exact: true }, { nowMs: NOW }),
      );
      const held = inside(rows, window.from, window.to);
      expect([summaries.source, exact.source]).toEqual(["summaries", "raw"]);
      expect(summaries.window.n).toBe(held.length);
      const columns = (report: DriftReport) => [...report.features, report.prediction!, report.score!];
      const truths = columns(exact);
      for (const [i, found] of columns(summaries).entries()) {
        const truth = truths[i]!;
        expect(found.state).toBe(truth.state);
        if (found.state !== "ok") continue;
        const where = `${found.name} ${window.from} ${window.to}`;
        expect(truth.error_bound).toBe(0);
        expect(truth.statistic, where).toBeGreaterThanOrEqual(found.statistic! - 1e-12);
        expect(truth.statistic, where).toBeLessThanOrEqual(found.statistic! + found.error_bound! + 1e-12);
        for (const same of [
          "n_current",
          "n_reference",
          "missing_current",
          "missing_reference",
          "histogram",
        ] as const) {
          expect(found[same], where).toEqual(truth[same]);
        }
      }
      const waves = held.map((row) => row.features.wave);
      if (waves.length > 0)
        expect(named(summaries.features, "wave").mean_current).toBeCloseTo(mean(waves), 9);
      expect(named(summaries.features, "rare").missing_current).toBe(
        held.filter((row) => row.features.rare === null).length,
      );
    }
  });

  test("finds what moved, with the bars that were scored and findings beside", async () => {
    const { db } = await fresh();
    await putBaseline(db, { ...AT, input: baselineOf(makeRows(3000, { seed: 5 })) });
    const rows = makeRows(3000, { seed: 6, shift: 2 }).map((row) => ({
      ...row,
      features: {
        ...row.features,
        origin: Number(row.id.at(-1)) < 2 ? "NEW" : row.features.origin,
        rare: row.id.endsWith("7") ? row.features.rare : null,
      },
    }));
    await logRows(db, rows);
    const report = DriftReport.parse(await reportDrift(db, AT, { nowMs: NOW }));
    expect(report.window).toMatchObject({ from: iso(START - DAY), to: iso(START + 6 * DAY), n: 3000 });
    expect(report.reference).toMatchObject({ kind: "baseline", n: 3000, window: null });
    expect(report.features.map((feature) => [feature.name, feature.drift_detected])).toEqual([
      ["wave", true],
      ["count", true],
      ["spike", false],
      ["origin", true],
      ["rare", false],
    ]);
    expect(report).toMatchObject({ tested: 5, drifted_share: 0.6, drift_detected: true, reason: null });
    const [wave, count] = [named(report.features, "wave"), named(report.features, "count")];
    expect(wave).toMatchObject({ method: "ks", direction: "up", significant: true, sizeable: true });
    expect(wave.effect).toBeGreaterThan(wave.effect_band!);
    const { edges, reference, current } = wave.histogram!;
    expect(edges).toEqual([...edges].sort((a, b) => a - b));
    expect([reference.length, current.length]).toEqual([edges.length - 1, edges.length - 1]);
    expect(current.reduce((sum, n) => sum + n, 0)).toBe(wave.n_current);
    expect(wave.histogram!.psi_contribution.reduce((sum, part) => sum + part, 0)).toBeCloseTo(wave.psi!, 12);
    expect(count.findings).toContainEqual(
      expect.objectContaining({
        kind: "out_of_range",
        n: rows.filter((row) => row.features.count > 11).length,
      }),
    );
    const origin = named(report.features, "origin");
    expect(origin).toMatchObject({ method: "chi2", new_categories: ["NEW"], error_bound: 0 });
    expect(origin.findings.map((finding) => finding.kind)).toContain("new_category");
    expect(origin.histogram!.categories.at(-1)).toBe("NEW");
    expect(named(report.features, "rare").findings).toEqual([
      expect.objectContaining({ kind: "missing_rate" }),
    ]);
    expect(report.prediction).toMatchObject({
      name: "prediction",
      type: "categorical",
      drift_detected: false,
    });
    expect(report.score).toMatchObject({ type: "numerical", drift_detected: false, missing_current: 0 });
  });

  test("goes by the period before where there is no baseline, and says why where there is nothing", async () => {
    const { db } = await fresh();
    await logRows(db, [
      ...makeRows(800, { seed: 7, days: 2 }),
      ...makeRows(900, { seed: 8, days: 2, shift: 3 }).map((row) => ({
        ...row,
        timestamp: iso(Date.parse(row.timestamp) + 2 * DAY),
      })),
    ]);
    const window = { from: iso(START + 2 * DAY), to: iso(START + 4 * DAY) };
    const report = DriftReport.parse(await reportDrift(db, { ...AT, ...window }, { nowMs: NOW }));
    expect(report.reference).toMatchObject({
      kind: "previous",
      n: 800,
      window: { from: iso(START), to: iso(START + 2 * DAY) },
    });
    expect(named(report.features, "wave").drift_detected).toBe(true);
    const exact = await reportDrift(db, { ...AT, ...window, exact: true }, { nowMs: NOW });
    for (const truth of exact.features) {
      const found = named(report.features, truth.name);
      expect(truth.statistic!).toBeGreaterThanOrEqual(found.statistic! - 1e-12);
      expect(truth.statistic!).toBeLessThanOrEqual(found.statistic! + found.error_bound! + 1e-12);
    }
    const named_ = await reportDrift(
      db,
      { ...AT, ...window, reference: `${iso(START)}/${iso(START + DAY)}` },
      { nowMs: NOW },
    );
    expect(named_.reference).toMatchObject({ kind: "window", label: "2026-03-01 to 2026-03-02" });
    const first = await reportDrift(
      db,
      { ...AT, from: iso(START), to: iso(START + 2 * DAY) },
      { nowMs: NOW },
    );
    expect(first).toMatchObject({
      drift_detected: null,
      tested: 0,
      reason: expect.stringContaining("no baseline"),
    });
    expect(first.features[0]).toMatchObject({
      state: "not_computable",
      reason: "the period before has no rows",
    });
    const empty = await reportDrift(
      db,
      { ...AT, from: iso(START - 9 * DAY), to: iso(START - 8 * DAY) },
      { nowMs: NOW },
    );
    expect(empty).toMatchObject({
      window: { n: 0 },
      reason: expect.stringContaining("no predictions in the window"),
    });
  });

  test("cuts both sides by a segment and reads every row for it", async () => {
    const { db } = await fresh();
    const reference = makeRows(1000, { seed: 9 });
    const rows = makeRows(1200, { seed: 10 });
    await putBaseline(db, { ...AT, input: baselineOf(reference) });
    await logRows(db, rows);
    const report = await reportDrift(db, { ...AT, segment: "carrier:AA" }, { nowMs: NOW });
    expect(report).toMatchObject({
      source: "raw",
      segment: "carrier:AA",
      reference: { segment_applied: true },
    });
    expect((await reportDrift(db, AT, { nowMs: NOW })).reference.segment_applied).toBeNull();
    expect(report.window.n).toBe(rows.filter((row) => row.segment.carrier === "AA").length);
    expect(report.reference.n).toBe(reference.filter((row) => row.segment.carrier === "AA").length);
    const late = await reportDrift(db, { ...AT, segment: "prediction:late" }, { nowMs: NOW });
    expect(late.window.n).toBe(rows.filter((row) => row.prediction === "late").length);
    expect(late.reference.n).toBe(reference.filter((row) => row.prediction === "late").length);
  });

  test("reads raw rows while days wait for the new baseline's bins, and the same numbers afterwards", async () => {
    const { db } = await fresh();
    const rows = makeRows(2000, { seed: 11, shift: 1 });
    await logRows(db, rows.slice(0, 1500));
    await putBaseline(db, { ...AT, input: baselineOf(makeRows(900, { seed: 12 })) });
    await logRows(db, rows.slice(1500));
    const before = await reportDrift(db, AT, { nowMs: NOW });
    expect(before).toMatchObject({
      source: "raw",
      window: { n: 2000 },
      reason: expect.stringContaining("counted anew"),
    });
    await Promise.all([rebuildSummaries(db, AT), rebuildSummaries(db, AT)]);
    const after = await reportDrift(db, AT, { nowMs: NOW });
    expect(after).toMatchObject({ source: "summaries", window: { n: 2000 }, reason: null });
    for (const feature of after.features) {
      expect(feature.histogram).toEqual(named(before.features, feature.name).histogram);
    }
  });

  test("keeps a column that cannot be compared a state of its own", async () => {
    const { db } = await fresh();
    const rows = makeRows(300, { seed: 13 });
    const strip = <Row extends { features: object }>(row: Row, name: string) => ({
      ...row,
      features: { ...row.features, [name]: null },
    });
    await putBaseline(db, { ...AT, input: baselineOf(rows.map((row) => strip(row, "wave")) as never) });
    await logRows(db, rows.map((row) => strip(row, "count")) as never);
    const report = DriftReport.parse(await reportDrift(db, AT, { nowMs: NOW }));
    expect(named(report.features, "count")).toMatchObject({
      state: "not_computable",
      reason: "all 300 rows of the window lack a value",
      findings: [{ kind: "missing_rate" }],
    });
    expect(named(report.features, "wave")).toMatchObject({
      state: "not_computable",
      reason: "all 300 rows of the baseline lack a value",
    });
    expect(report.tested).toBe(3);
    expect(report.drift_detected).toBe(false);
  });

  test("says of a segment whether the baseline could be cut by it", async () => {
    const { db } = await fresh();
    const whole = makeRows(600, { seed: 31 });
    await putBaseline(db, {
      ...AT,
      input: baselineOf(whole.map(({ segment, ...row }) => row) as never),
    });
    await logRows(db, makeRows(900, { seed: 32, shift: 1 }));
    const segment = "carrier:AA";
    const report = DriftReport.parse(await reportDrift(db, { ...AT, segment }, { nowMs: NOW }));
    expect(report.reference).toMatchObject({ n: 600, segment_applied: false });
    const timeline = DriftTimeline.parse(await reportTimeline(db, { ...AT, segment }, { nowMs: NOW }));
    expect(timeline.reference).toMatchObject({ n: 600, segment_applied: false });
    const previous = await reportDrift(db, { ...AT, segment, reference: "previous" }, { nowMs: NOW });
    expect(previous.reference.segment_applied).toBe(true);
  });
});
