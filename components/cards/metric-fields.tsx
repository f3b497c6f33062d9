import { Plus, X } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import type { CardMetric } from "@/lib/cards/schema";
import { NumberInput } from "./number-input";

/** Metrics with the thresholds that they have to reach. */
export function MetricFields({
  metrics,
  onChange,
}: {
  metrics: readonly CardMetric[];
  onChange: (metrics: CardMetric[]) => void;
}) {
  const set = (place: number, part: Partial<CardMetric>) =>
    onChange(metrics.map((metric, at) => (at === place ? { ...metric, ...part } : metric)));
  return (
    <div>
      {metrics.length > 0 ? (
        <div aria-hidden="true" className="mb-1 flex gap-1.5 pr-9.5 text-mute text-xs">
          <span className="flex-2">name</span>
          <span className="flex-1">value</span>
          <span className="flex-1">threshold</span>
        </div>
      ) : null}
      {metrics.map((metric, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a metric is its place while its name is written
        <div key={place} className="mb-1.5 flex gap-1.5">
          <Input
            aria-label={`Name of metric ${place + 1}`}
            value={metric.name}
            // An empty name would be no card any more.
            onChange={(event) => set(place, { name: event.target.value || "metric" })}
            className="w-16 min-w-0 flex-2"
          />
          <NumberInput
            label={`Value of ${metric.name}`}
            value={metric.value}
            onChange={(value) => set(place, { value })}
          />
          <NumberInput
            label={`Threshold of ${metric.name}`}
            value={metric.threshold}
            onChange={(threshold) => set(place, { threshold })}
          />
          <Button
            tone="ghost"
            size="icon"
            aria-label={`Remove ${metric.name}`}
            onClick={() => onChange(metrics.filter((_, at) => at !== place))}
          >
            <X aria-hidden="true" />
          </Button>
        </div>
      ))}
      <Button
        size="sm"
        onClick={() =>
          onChange([...metrics, { name: `metric ${metrics.length + 1}`, value: null, threshold: null }])
        }
      >
        <Plus aria-hidden="true" />
        Add a metric
      </Button>
    </div>
  );
}
