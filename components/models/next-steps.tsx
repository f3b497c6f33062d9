"use client";

import { useState } from "react";
import { curlLabels, curlPredictions } from "@/components/connect/snippets";
import { BaselineForm } from "@/components/settings/baseline-form";
import { Card, CardTitle } from "@/components/ui/card";
import { CodeBlock } from "@/components/ui/code-block";
import { useOrigin } from "@/components/ui/use-origin";
import type { VersionAddress } from "@/lib/models/address";
import type { VersionSummary } from "@/lib/models/schema";
import { loggedWindow } from "./logged-window";

/** What is missing before this version can be judged, and the way to get it, right here. */
export function NextSteps({ address, summary }: { address: VersionAddress; summary: VersionSummary }) {
  const url = useOrigin();
  const context = { url, ...address };
  // Stays after the baseline is set, with the receipt, until the reader moves on.
  const [wanted] = useState(summary.baseline === null);
  const silent = summary.predictions === 0;
  const unlabelled = !silent && summary.labelled === 0;
  return (
    <>
      {silent ? (
        <Card className="my-3.5">
          <CardTitle>Next: send a prediction</CardTitle>
          <p className="mb-2 text-mute">With an API key in place of the dots:</p>
          <CodeBlock label="curl" code={curlPredictions(context)} />
        </Card>
      ) : null}
      {wanted ? (
        <Card className="my-3.5">
          <CardTitle note="drift is measured against it">
            {summary.baseline === null ? "Next: set a baseline" : "The baseline"}
          </CardTitle>
          <BaselineForm
            address={address}
            logged={loggedWindow(summary)}
            replaces={summary.baseline !== null}
          />
        </Card>
      ) : null}
      {unlabelled ? (
        <Card className="my-3.5">
          <CardTitle note="from labels come accuracy, AUC and the rest">
            Next: send what really happened
          </CardTitle>
          <p className="mb-2 text-mute">
            A label goes to the id of its prediction. It may come days later, or before it, and a later one
            replaces an earlier one.
          </p>
          <CodeBlock label="curl" code={curlLabels(context)} />
        </Card>
      ) : null}
    </>
  );
}
