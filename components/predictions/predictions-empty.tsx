"use client";

import { curlPredictions } from "@/components/connect/snippets";
import type { ChangeView } from "@/components/report/view";
import { Button } from "@/components/ui/button";
import { CodeBlock } from "@/components/ui/code-block";
import { EmptyState } from "@/components/ui/empty-state";
import { useOrigin } from "@/components/ui/use-origin";
import type { VersionAddress } from "@/lib/models/address";
import type { PredictionsView } from "./view";

export function NothingLogged({ address }: { address: VersionAddress }) {
  const url = useOrigin();
  return (
    <EmptyState title="No predictions have been logged for this version yet.">
      <p className="text-mute">
        Each row you send appears here as it was logged, with its label once that is in.
      </p>
      <CodeBlock label="curl: predictions" code={curlPredictions({ url, ...address })} />
    </EmptyState>
  );
}

export function NoMatch({
  view,
  onChange,
}: {
  view: PredictionsView;
  onChange: ChangeView<PredictionsView>;
}) {
  const filtered = view.filter.length > 0 || view.label !== "any";
  return (
    <EmptyState
      title={
        filtered
          ? "No prediction in this window meets these conditions."
          : "There are no predictions in this window."
      }
    >
      <p className="flex flex-wrap gap-2">
        {filtered ? (
          <Button onClick={() => onChange({ filter: [], label: "any" })}>Clear the conditions</Button>
        ) : null}
        {view.from || view.to ? (
          <Button onClick={() => onChange({ from: null, to: null })}>Look at the latest 7 days</Button>
        ) : null}
      </p>
    </EmptyState>
  );
}
