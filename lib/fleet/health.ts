import type { Database } from "@/lib/db/client";
import type { Health, VersionSummary } from "@/lib/models/schema";
import { getVersion } from "@/lib/models/store";
import { chanceBand } from "@/lib/performance/band";
import { baselineOf } from "@/lib/performance/baseline-of";
import { measure } from "@/lib/performance/compute";
import { measureIn } from "@/lib/performance/measure-in";
import { NO_OUTCOMES, type Outcomes } from "@/lib/performance/outcome";
import { primaryMetric } from "@/lib/performance/series";
import { readOutcomes } from "@/lib/performance/store";
import { DAY_MS } from "@/lib/summaries/summarise";
import { type Span, showSpan } from "@/lib/summaries/window";
import { reportRecentDrift } from "./drift";
import { type DayRow, readDays } from "./store";

const SPARK_DAYS = 60;
const HEALTH_DAYS = 7;

/** What changes with every row or label of a version. */
export type VersionState = {
  health: Health | null;
  sparkline: VersionSummary["sparkline"];
  /** Over the health window, whatever the leading metric is; null for regression and without labels. */
  accuracy: number | null;
  /** Share of tested features that drifted; null where nothing was tested. */
  driftedShare: number | null;
};

/**
 * How a version is doing over the week up to its newest day (UTC) with data, which may still be filling, and per day
 * over its last 60 days with data.
 */
export async function readState(db: Database, at: { model: string; version: string }): Promise<VersionState> {
  const record = await getVersion(db, at.model, at.version);
  const days = await readDays(db, record, SPARK_DAYS);
  const last = days.at(-1);
  if (!last) return { health: null, sparkline: [], accuracy: null, driftedShare: null };
  const from = last.startMs - (HEALTH_DAYS - 1) * DAY_MS;
  const window: Span = { fromMs: from, toMs: last.startMs + DAY_MS };
  const [outcomes, baseline, drift] = await Promise.all([
    readOutcomes(db, record, {
      stored: [{ grain: 24, fromMs: Math.min(days[0]!.startMs, from), toMs: window.toMs }],
      raw: [],
      bucket: "day",
      filter: null,
    }),
    baselineOf(db, record),
    reportRecentDrift(db, record, window),
  ]);
  const how = await measureIn(db, record);
  const week = how ? measure(how, combine(outcomes.buckets, from)) : null;
  const primary = how && week ? primaryMetric(how, week.metrics, baseline) : null;
  const recent = days.filter((day) => day.startMs >= from);
  return {
    health: {
      window: showSpan(window),
      n: total(recent, "n"),
      errors: total(recent, "errors"),
      labelled: week?.n ?? 0,
      ...drift.findings,
      metric:
        primary && week
          ? {
              name: primary,
              value: week.metrics[primary] ?? null,
              baseline: baseline?.metrics[primary] ?? null,
              band: chanceBand(primary, week, baseline),
            }
          : null,
    },
    sparkline: days.map((day) => {
      const found = how ? measure(how, outcomes.buckets.get(day.startMs) ?? NO_OUTCOMES) : null;
      return {
        start: new Date(day.startMs).toISOString(),
        n: day.n,
        labelled: found?.n ?? 0,
        metric: primary ? (found?.metrics[primary] ?? null) : null,
      };
    }),
    accuracy: week?.metrics.accuracy ?? null,
    driftedShare: drift.share,
  };
}

/** The outcomes of all days from a moment on. Sums of the same classes stay apart: metrics add them up. */
function combine(buckets: ReadonlyMap<number, Outcomes>, fromMs: number): Outcomes {
  const parts = [...buckets].filter(([startMs]) => startMs >= fromMs).map(([, outcomes]) => outcomes);
  return { cells: mergeCells(parts), scores: parts.flatMap((part) => part.scores) };
}

function mergeCells(parts: readonly Outcomes[]): Outcomes["cells"] {
  const cells = new Map<string, Outcomes["cells"][number]>();
  for (const { cells: more } of parts) {
    for (const cell of more) {
      const key = `${cell.actual} ${cell.predicted}`;
      const held = cells.get(key);
      if (!held) {
        cells.set(key, { ...cell });
        continue;
      }
      // Spreads about two means: the parts' own, and what lies between the means.
      const n = held.n + cell.n;
      const gap = n > 0 && held.n > 0 && cell.n > 0 ? held.sumLabel / held.n - cell.sumLabel / cell.n : 0;
      const spread = held.labelSpread + cell.labelSpread + (n > 0 ? (gap * gap * held.n * cell.n) / n : 0);
      for (const name of Object.keys(held) as (keyof typeof held)[]) {
        if (name !== "actual" && name !== "predicted") held[name] += cell[name];
      }
      held.labelSpread = spread;
    }
  }
  return [...cells.values()];
}

const total = (days: readonly DayRow[], name: "n" | "errors") =>
  days.reduce((sum, day) => sum + day[name], 0);
