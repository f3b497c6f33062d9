import type { Database } from "@/lib/db/client";
import { recordPredictions } from "@/lib/ingest/predictions";
import { makeGate } from "@/lib/ingest/testing";

export const DAY = 86_400_000;
export const START = Date.UTC(2026, 2, 1);
export const NOW = START + 20 * DAY;
export const AT = { model: "m", version: "1" };

/** mulberry32: the same numbers on every machine. */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export type LoggedRow = {
  id: string;
  timestamp: string;
  features: { wave: number; count: number; spike: number; origin: string | null; rare: number | null };
  prediction?: string;
  score?: number;
  error?: string;
  segment: { carrier: string };
};

/** Rows over some days whose features have ties, heavy values, gaps, negatives and a drift of `shift`. */
export function makeRows(
  n: number,
  { seed, days = 6, shift = 0 }: { seed: number; days?: number; shift?: number },
): LoggedRow[] {
  const next = random(seed);
  return Array.from({ length: n }, (_, i) => {
    const u = next();
    const late = next() < 0.3;
    const row: LoggedRow = {
      id: `p${seed}-${i}`,
      timestamp: new Date(START + Math.floor(next() * days * DAY)).toISOString(),
      features: {
        wave: Math.log(u / (1 - u) + 1e-9) * 3 + shift,
        count: Math.floor(next() * next() * 12) + (shift > 0 && next() < 0.2 ? 40 : 0),
        spike: next() < 0.6 ? 0 : (next() - 0.5) * 1e6,
        origin:
          next() < 0.05 ? null : (["LAX", "JFK", "ÖRD", "SFO"][Math.floor(next() * next() * 4)] ?? null),
        rare: next() < 0.4 ? null : next(),
      },
      prediction: late ? "late" : "on_time",
      score: late ? 0.5 + next() / 2 : next() / 2,
      segment: { carrier: next() < 0.5 ? "AA" : "UA" },
    };
    if (next() < 0.02) {
      delete row.prediction;
      delete row.score;
      row.error = "timeout";
    }
    return row;
  });
}

export async function logRows(db: Database, rows: readonly LoggedRow[], version = "1"): Promise<void> {
  const gate = makeGate(db);
  for (let i = 0; i < rows.length; i += 500) {
    const receipt = await recordPredictions(
      gate,
      { model: AT.model, version, predictions: rows.slice(i, i + 500) },
      { nowMs: NOW },
    );
    if (receipt.rejected.length > 0) throw new Error(JSON.stringify(receipt.rejected[0]));
  }
}

/** The rows as a baseline file. */
export const baselineOf = (rows: readonly LoggedRow[]) => ({
  kind: "ndjson" as const,
  fileName: null,
  bytes: (async function* () {
    yield new TextEncoder().encode(
      rows
        .map(({ features, segment, prediction, score }) =>
          JSON.stringify({ features, segment, prediction, score }),
        )
        .join("\n"),
    );
  })(),
});

export const inside = (rows: readonly LoggedRow[], from: string, to: string) =>
  rows.filter(
    ({ timestamp }) => Date.parse(timestamp) >= Date.parse(from) && Date.parse(timestamp) < Date.parse(to),
  );
