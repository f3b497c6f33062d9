"use client";

import { ChevronDown, ChevronUp, X } from "lucide-react";
import { Dialog } from "radix-ui";
import { curlLabels } from "@/components/connect/snippets";
import { Button } from "@/components/ui/button";
import { CodeBlock } from "@/components/ui/code-block";
import { useOrigin } from "@/components/ui/use-origin";
import { formatMs, formatScore, formatTime } from "@/lib/charts/format";
import type { VersionAddress } from "@/lib/models/address";
import type { LoggedPrediction } from "@/lib/predictions/schema";
import type { QualityReport } from "@/lib/quality/schema";
import { Label, Value } from "./prediction-columns";
import { RowFeatures } from "./row-features";

/** One prediction, whole: what was predicted, what happened, and each value against the baseline. */
export function RowDrawer({
  row,
  quality,
  address,
  onStep,
  onClose,
}: {
  row: LoggedPrediction;
  quality: QualityReport | undefined;
  address: VersionAddress;
  /** To the row before or after; null at the end. */
  onStep: { up: (() => void) | null; down: (() => void) | null };
  onClose: () => void;
}) {
  const url = useOrigin();
  return (
    <Dialog.Root open onOpenChange={(open) => (open ? undefined : onClose())}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-[rgb(10_14_20/30%)]" />
        <Dialog.Content
          aria-describedby={undefined}
          // The table takes the focus back, to the row that was open last.
          onCloseAutoFocus={(event) => event.preventDefault()}
          className="fixed inset-y-0 right-0 z-50 flex w-[min(34rem,100vw)] flex-col gap-3 overflow-y-auto border-line border-l bg-card p-4 shadow-float focus:outline-none"
        >
          <div className="flex items-start gap-1">
            <Dialog.Title className="min-w-0 font-semibold text-base [overflow-wrap:anywhere]">
              {row.id}
            </Dialog.Title>
            <span className="ml-auto flex shrink-0 gap-1">
              <Button
                tone="ghost"
                size="iconSm"
                aria-label="Row above"
                disabled={!onStep.up}
                onClick={() => onStep.up?.()}
              >
                <ChevronUp aria-hidden="true" />
              </Button>
              <Button
                tone="ghost"
                size="iconSm"
                aria-label="Row below"
                disabled={!onStep.down}
                onClick={() => onStep.down?.()}
              >
                <ChevronDown aria-hidden="true" />
              </Button>
              <Dialog.Close asChild>
                <Button tone="ghost" size="iconSm" aria-label="Close">
                  <X aria-hidden="true" />
                </Button>
              </Dialog.Close>
            </span>
          </div>
          <dl className="grid grid-cols-[6.5rem_minmax(0,1fr)] gap-x-3 gap-y-1">
            <dt className="text-mute">time</dt>
            <dd>{formatTime(row.timestamp)}</dd>
            {row.error === null ? (
              <>
                <dt className="text-mute">prediction</dt>
                <dd className="font-semibold [overflow-wrap:anywhere]">
                  <Value value={row.prediction} />
                </dd>
                {row.score === null ? null : (
                  <>
                    <dt className="text-mute">score</dt>
                    <dd>{formatScore(row.score, 4)}</dd>
                  </>
                )}
                <dt className="text-mute">label</dt>
                <dd>{row.label === null ? "not in yet" : <Label row={row} />}</dd>
              </>
            ) : (
              <>
                <dt className="text-mute">failed</dt>
                <dd className="text-high [overflow-wrap:anywhere]">{row.error}</dd>
              </>
            )}
            <dt className="text-mute">latency</dt>
            <dd>{formatMs(row.latency_ms)}</dd>
            {Object.entries(row.segment).map(([name, value]) => (
              <div key={name} className="contents">
                <dt className="truncate text-mute" title={name}>
                  {name}
                </dt>
                <dd className="[overflow-wrap:anywhere]">{value}</dd>
              </div>
            ))}
          </dl>
          <RowFeatures row={row} quality={quality} />
          {row.error === null && row.label === null ? (
            <CodeBlock label="curl: say what happened" code={curlLabels({ url, ...address, id: row.id })} />
          ) : null}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
