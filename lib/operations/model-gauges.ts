import prometheus from "prom-client";
import { listVersions } from "@/lib/fleet/list";
import { forLog } from "@/lib/http/for-log";
import { log } from "@/lib/log";
import { reportPerformance } from "@/lib/performance/report";
import type { Runtime } from "@/lib/server/runtime";
import { metric } from "./registry";

/** Reports cost more than a scrape should; a minute is fresher than any of them changes. */
const FRESH_MS = 60_000;

type Reading = {
  model: string;
  version: string;
  accuracy: number | null;
  driftScore: number | null;
  conceptDrift: boolean | null;
};

const gauge = (name: string, help: string) =>
  metric(
    name,
    (registers) => new prometheus.Gauge({ name, help, labelNames: ["model", "version"] as const, registers }),
  );

const accuracy = gauge("model_accuracy", "Accuracy of the labelled predictions, newest week with data.");
const drift = gauge(
  "data_drift_score",
  "Share of the tested features that drifted from the baseline, newest week with data.",
);
const concept = gauge("concept_drift_alert", "1 while the concept drift detector fires.");

/** Brings the gauges of all versions up to date. What cannot be read is left out; the scrape goes on. */
export async function refreshModelGauges(runtime: Runtime): Promise<void> {
  const cache = runtime.shared.get("model-gauges", () => ({
    at: 0,
    refreshing: null as Promise<void> | null,
  }));
  if (Date.now() - cache.at < FRESH_MS) return;
  cache.refreshing ??= readGauges(runtime)
    .then((readings) => {
      show(readings);
      cache.at = Date.now();
    })
    .catch((error) => log.warn({ error: forLog(error) }, "the models' gauges could not be read"))
    .finally(() => {
      cache.refreshing = null;
    });
  await cache.refreshing;
}

function show(readings: Reading[]): void {
  for (const each of [accuracy, drift, concept]) each.reset();
  for (const { model, version, ...reading } of readings) {
    const labels = { model, version };
    if (reading.accuracy !== null) accuracy.set(labels, reading.accuracy);
    if (reading.driftScore !== null) drift.set(labels, reading.driftScore);
    if (reading.conceptDrift !== null) concept.set(labels, reading.conceptDrift ? 1 : 0);
  }
}

async function readGauges({ db }: Runtime): Promise<Reading[]> {
  const readings: Reading[] = [];
  for (const { model, summary, state } of await listVersions(db)) {
    if (summary.stage === "Archived" || !state.health) continue;
    const { version } = summary;
    const labelled = state.health.labelled > 0;
    const detector = labelled ? (await reportPerformance(db, { model, version })).concept_drift : null;
    readings.push({
      model,
      version,
      accuracy: state.accuracy,
      driftScore: state.driftedShare,
      conceptDrift:
        detector?.status === "stable" || detector?.status === "drift" ? detector.drift_detected : null,
    });
  }
  return readings;
}
