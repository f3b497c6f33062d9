import { Badge, type BadgeTone } from "@/components/ui/badge";
import type { PromotionState } from "@/lib/promotions/schema";

const TONES: Record<PromotionState, BadgeTone> = {
  open: "accent",
  promoted: "good",
  refused: "high",
  withdrawn: "quiet",
  lapsed: "medium",
};

export const PromotionBadge = ({ state }: { state: PromotionState }) => (
  <Badge tone={TONES[state]}>{state}</Badge>
);
