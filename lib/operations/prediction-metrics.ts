import prometheus from "prom-client";
import { metric } from "./registry";
import { LATENCY_BOUNDS, type Tally, tallies } from "./tally";

const VERSION = ["model", "version"] as const;

function counter(name: string, help: string, read: (tally: Tally) => number): void {
  metric(
    name,
    (registers) =>
      new prometheus.Counter({
        name,
        help,
        labelNames: VERSION,
        registers,
        collect() {
          this.reset();
          for (const tally of tallies.values()) {
            this.inc({ model: tally.model, version: tally.version }, read(tally));
          }
        },
      }),
  );
}

/** Registers what is counted per version. Counted since this process started, as Prometheus expects of counters. */
export function registerPredictionMetrics(): void {
  counter("predictions_total", "Predictions logged and stored.", (tally) => tally.predictions);
  counter("prediction_errors_total", "Logged predictions that had failed.", (tally) => tally.errors);
  counter(
    "tidemark_duplicate_rows_total",
    "Rows sent that were stored already.",
    (tally) => tally.duplicates,
  );
  counter("tidemark_rejected_rows_total", "Rows refused by themselves.", (tally) => tally.rejected);
  metric(
    "prediction_distribution",
    (registers) =>
      new prometheus.Counter({
        name: "prediction_distribution",
        help: "Predictions logged, by predicted class.",
        labelNames: [...VERSION, "class"],
        registers,
        collect() {
          this.reset();
          for (const { model, version, classes } of tallies.values()) {
            for (const [name, count] of classes) this.inc({ model, version, class: name }, count);
          }
        },
      }),
  );
  metric("prediction_latency_seconds", (registers) => {
    const histogram = new LatencyHistogram();
    registers[0].registerMetric(histogram as unknown as prometheus.Metric);
    return histogram as unknown as prometheus.Metric;
  });
}

/** Counts are kept by hand: the library's own histogram costs a microsecond a value, as much as binning a whole row. */
class LatencyHistogram {
  readonly name = "prediction_latency_seconds";
  readonly help = "Latency of predictions as logged by the serving system.";
  readonly type = "histogram";
  readonly aggregator = "sum";

  async get() {
    const values: { metricName: string; labels: Record<string, string | number>; value: number }[] = [];
    for (const { model, version, latencies, latencySum } of tallies.values()) {
      let count = 0;
      latencies.forEach((n, place) => {
        count += n;
        const le = place < LATENCY_BOUNDS.length ? LATENCY_BOUNDS[place]! : "+Inf";
        values.push({ metricName: `${this.name}_bucket`, labels: { le, model, version }, value: count });
      });
      values.push({ metricName: `${this.name}_sum`, labels: { model, version }, value: latencySum });
      values.push({ metricName: `${this.name}_count`, labels: { model, version }, value: count });
    }
    return { name: this.name, help: this.help, type: this.type, aggregator: this.aggregator, values };
  }

  reset(): void {}
}
