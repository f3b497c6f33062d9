"use client";

import Link from "next/link";
import { curlBaselineFile, curlPredictions } from "@/components/connect/snippets";
import { Button } from "@/components/ui/button";
import { CodeBlock } from "@/components/ui/code-block";
import { EmptyState } from "@/components/ui/empty-state";
import { useOrigin } from "@/components/ui/use-origin";
import { type VersionAddress, versionHref } from "@/lib/models/address";

/** Nothing was ever logged: what to send, ready to run. */
export function NoPredictions({ address }: { address: VersionAddress }) {
  const url = useOrigin();
  return (
    <EmptyState title="No predictions have been logged for this version yet, so there is nothing to compare.">
      <p className="text-mute">
        Send them as they are made. The first rows create the version's feature schema; drift is tested once
        there is a baseline to hold them against.
      </p>
      <CodeBlock label="curl" code={curlPredictions({ url, ...address })} />
    </EmptyState>
  );
}

/** Predictions, but nothing to hold them against. */
export function NoBaseline({ address }: { address: VersionAddress }) {
  const url = useOrigin();
  return (
    <div className="mb-3.5 flex max-w-3xl flex-col gap-2">
      <p className="text-mute">
        A baseline is what the model was trained on: a file, or a window of logged predictions that was all
        right. Or compare against the previous period instead.
      </p>
      <Button asChild className="w-fit">
        <Link href={versionHref(address, "settings")}>Make a baseline in the settings</Link>
      </Button>
      <CodeBlock label="curl: the training file as baseline" code={curlBaselineFile({ url, ...address })} />
    </div>
  );
}

/** There is no baseline, so the report fell back to something else: say so, and how to mend it. */
export function NoBaselineYet({ address, reference }: { address: VersionAddress; reference: string }) {
  return (
    <p className="mb-3 text-warn">
      This version has no baseline yet, so it is held against {reference}.{" "}
      <Link href={versionHref(address, "settings")} className="underline">
        Make a baseline in the settings
      </Link>
    </p>
  );
}
