import { Badge } from "@/components/ui/badge";
import { Card, CardTitle } from "@/components/ui/card";
import { formatCount, formatMetric, formatValue } from "@/lib/charts/format";
import type { ConceptDrift } from "@/lib/performance/schema";

const STATUS = {
  collecting: { text: "collecting data", tone: "outline" },
  no_baseline: { text: "no baseline", tone: "outline" },
  no_baseline_spread: { text: "baseline without spread", tone: "outline" },
  stable: { text: "stable", tone: "good" },
  drift: { text: "concept drift", tone: "high" },
} as const;

/** The detector's reading: chunks of labelled predictions against chunks of the baseline. */
export function ConceptCard({ concept }: { concept: ConceptDrift }) {
  const { text, tone } = STATUS[concept.status];
  const drop = concept.performance_drop;
  const facts: [string, string][] = [
    [
      "chunks in the window",
      `${formatCount(concept.chunks)}, each of ${formatCount(concept.chunk_size)} labels`,
    ],
    ["mean now", formatMetric(concept.current_mean)],
    [
      "baseline mean ± deviation",
      `${formatMetric(concept.baseline_mean)} ± ${formatMetric(concept.baseline_deviation)}`,
    ],
    ["z", formatValue(concept.z_score, 3)],
    [
      drop !== null && drop < 0 ? "performance gained" : "performance dropped",
      drop === null ? "–" : `${formatValue(Math.abs(drop), 3)} %`,
    ],
  ];
  return (
    <Card>
      <CardTitle action={<Badge tone={tone}>{text}</Badge>}>Concept drift</CardTitle>
      <p className="mb-2">{concept.message}</p>
      <dl className="text-xs">
        {facts.map(([name, value]) => (
          <div key={name} className="flex justify-between gap-3 border-line-soft border-b py-1">
            <dt className="text-mute">{name}</dt>
            <dd className="text-right">{value}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}
