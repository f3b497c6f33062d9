import { LoaderCircle } from "lucide-react";
import { useSyncExternalStore } from "react";
import { Button } from "@/components/ui/button";
import { formatShare } from "@/lib/charts/format";
import type { Share } from "./share";
import type { Doing } from "./use-evaluation";

/** What is being done at the moment, where it is this step's. */
export function Progress({
  doing,
  of,
  label,
  share,
  onCancel,
}: {
  doing: Doing | null;
  of: Doing["what"];
  label: string;
  /** Where the work tells how much of it is done. */
  share?: Share;
  onCancel?: () => void;
}) {
  if (doing?.what !== of) return null;
  return (
    <div className="mt-2 flex flex-col gap-2">
      <p role="status" className="flex items-center gap-2">
        <LoaderCircle aria-hidden="true" className="size-4 animate-spin text-mute" />
        {label}
      </p>
      {share ? <ShareBar share={share} label={label} /> : null}
      {onCancel ? (
        <Button className="w-fit" onClick={onCancel}>
          Cancel
        </Button>
      ) : null}
    </div>
  );
}

function ShareBar({ share, label }: { share: Share; label: string }) {
  const done = useSyncExternalStore(share.subscribe, share.get, share.get);
  return (
    <span className="flex items-center gap-2 text-mute">
      <progress aria-label={label} value={done} max={1} className="h-1.5 w-full max-w-md accent-accent" />
      {formatShare(done)}
    </span>
  );
}

/** Why a step failed, in the engine's or the server's words. */
export function StepFailure({
  failure,
  of,
  what,
}: {
  failure: { step: Doing["what"]; words: string } | null;
  of: readonly Doing["what"][];
  what: string;
}) {
  if (!failure || !of.includes(failure.step)) return null;
  return (
    <div role="alert" className="mt-2 rounded-md border border-line bg-warn-soft px-3 py-2">
      <p className="font-medium">{what}</p>
      <p className="break-words text-soft">{failure.words}</p>
    </div>
  );
}
