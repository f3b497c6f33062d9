import { Badge, type BadgeTone } from "@/components/ui/badge";
import type { Stage } from "@/lib/models/schema";

const TONE: Record<Stage, BadgeTone> = {
  Production: "good",
  Staging: "accent",
  Archived: "quiet",
  None: "outline",
};

/** MLflow's stages, in its words; None is a stage too. */
export function StageBadge({ stage }: { stage: Stage }) {
  return <Badge tone={TONE[stage]}>{stage === "None" ? "No stage" : stage}</Badge>;
}
