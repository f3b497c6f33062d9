"use client";

import { curlLabels, curlPredictions } from "@/components/connect/snippets";
import { CodeBlock } from "@/components/ui/code-block";
import { EmptyState } from "@/components/ui/empty-state";
import { useOrigin } from "@/components/ui/use-origin";
import type { VersionAddress } from "@/lib/models/address";

export function NoPredictions({ address }: { address: VersionAddress }) {
  const url = useOrigin();
  return (
    <EmptyState title="No predictions have been logged for this version yet, so there is no performance to report.">
      <p className="text-mute">Send predictions first, and what really happened once it is known.</p>
      <CodeBlock label="curl: predictions" code={curlPredictions({ url, ...address })} />
      <CodeBlock label="curl: labels" code={curlLabels({ url, ...address })} />
    </EmptyState>
  );
}

/** Predictions, but nobody has said what really happened. */
export function NoLabels({ address }: { address: VersionAddress }) {
  const url = useOrigin();
  return (
    <div className="mb-3.5 flex max-w-3xl flex-col gap-2">
      <p className="text-mute">
        A metric needs to know what really happened. Labels are joined by the prediction's id, and may come at
        any time, even before it.
      </p>
      <CodeBlock label="curl: labels" code={curlLabels({ url, ...address })} />
    </div>
  );
}
