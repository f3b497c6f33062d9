import { Badge, type BadgeTone } from "@/components/ui/badge";
import type { EvaluationSummary } from "@/lib/evaluations/schema";

const TONES: Record<EvaluationSummary["state"], BadgeTone> = {
  unconfirmed: "quiet",
  confirmed: "good",
  contradicted: "high",
  failed: "medium",
};

/** What repeating it has shown, or where it stands in the queue. */
export function StateBadge({ evaluation: { state, repeat } }: { evaluation: EvaluationSummary }) {
  if (repeat === "running") return <Badge tone="accent">being repeated</Badge>;
  if (repeat === "waiting") return <Badge tone="accent">waits to be repeated</Badge>;
  return <Badge tone={TONES[state]}>{state}</Badge>;
}
