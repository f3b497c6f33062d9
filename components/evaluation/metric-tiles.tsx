import type { EvaluationReport } from "@/lib/evaluate/schema";
import { measured, metricWords, writeInterval, writeMetric } from "./metric-words";

/** Every metric with its 95 % interval; of two reports both, the second below. */
export function MetricTiles({
  report,
  second,
  names,
}: {
  report: EvaluationReport;
  second?: EvaluationReport | undefined;
  /** What the two are called. */
  names?: readonly [string, string] | undefined;
}) {
  return (
    <dl className="grid grid-cols-2 gap-2 sm:grid-cols-[repeat(auto-fill,minmax(9.5rem,1fr))]">
      {measured(report.metrics).map((name) => {
        const { label, what } = metricWords(name);
        const other = second?.metrics[name];
        return (
          <div key={name} className="min-w-0 rounded-lg border border-line bg-card px-3 py-2" title={what}>
            <dt className="truncate text-mute text-xs">{label}</dt>
            <dd>
              <span className="font-semibold text-lg tabular-nums">
                {writeMetric(name, report.metrics[name]!.value)}
              </span>
              <span className="block text-2xs text-mute tabular-nums">
                {writeInterval(name, report.metrics[name]!)}
              </span>
              {other && names ? (
                <span className="mt-1 block border-line-soft border-t pt-1 text-2xs tabular-nums">
                  {names[1]} <span className="font-semibold">{writeMetric(name, other.value)}</span>
                  <span className="block text-mute">{writeInterval(name, other)}</span>
                </span>
              ) : null}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
