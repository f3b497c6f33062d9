"use client";

import Link from "next/link";
import { CodeBlock } from "@/components/ui/code-block";
import { EmptyState } from "@/components/ui/empty-state";
import { useOrigin } from "@/components/ui/use-origin";
import { pythonFirstRun, shellTracking } from "./snippets";

/** Nothing logged yet: the lines that change that. */
export function FirstRun({ experiment }: { experiment?: string }) {
  const url = useOrigin();
  return (
    <EmptyState title="No run has been logged yet. Training code that speaks MLflow needs two variables and no change.">
      <p className="text-mute">
        <Link href="/keys" className="link">
          Create an API key
        </Link>{" "}
        with the scopes “ingest” and “read”, and put it in place of the dots. The run appears here while it
        logs.
      </p>
      <CodeBlock label="shell" code={shellTracking(url)} />
      <CodeBlock label="Python" code={pythonFirstRun(experiment)} />
    </EmptyState>
  );
}
