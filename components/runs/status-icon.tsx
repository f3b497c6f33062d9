import { Ban, Check, CircleDashed, Clock, X } from "lucide-react";
import type { RunStatus } from "@/lib/runs/schema";

const LOOK = {
  RUNNING: { Icon: CircleDashed, word: "running", tone: "animate-spin text-accent [animation-duration:3s]" },
  SCHEDULED: { Icon: Clock, word: "scheduled", tone: "text-mute" },
  FINISHED: { Icon: Check, word: "finished", tone: "text-good" },
  FAILED: { Icon: X, word: "failed", tone: "text-high" },
  KILLED: { Icon: Ban, word: "killed", tone: "text-medium" },
} as const;

export const statusWord = (status: RunStatus): string => LOOK[status].word;

export function StatusIcon({ status }: { status: RunStatus }) {
  const { Icon, word, tone } = LOOK[status];
  return (
    <span title={word} className="inline-flex shrink-0">
      <Icon role="img" aria-label={word} className={`size-3.5 ${tone}`} />
    </span>
  );
}
