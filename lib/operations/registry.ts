import prometheus from "prom-client";

// Next bundles each route by itself; the registry must be the process's, or a scrape would see one route's counts.
const REGISTRY = Symbol.for("tidemark.metrics");
const global = globalThis as { [REGISTRY]?: prometheus.Registry };

/** The process's Prometheus registry. */
export const registry: prometheus.Registry = global[REGISTRY] ?? new prometheus.Registry();
global[REGISTRY] = registry;

/** The metric of that name, made on first use: modules are loaded more than once per process. */
export function metric<Metric extends prometheus.Metric>(
  name: string,
  make: (registers: [prometheus.Registry]) => Metric,
): Metric {
  return (registry.getSingleMetric(name) as Metric | undefined) ?? make([registry]);
}

/** Shows a number that somebody else keeps: it is read at each scrape. Of one name, the newest reader counts. */
export function watch(name: `tidemark_${string}`, help: string, read: () => number): void {
  registry.removeSingleMetric(name);
  new prometheus.Gauge({
    name,
    help,
    registers: [registry],
    collect() {
      this.set(read());
    },
  });
}
