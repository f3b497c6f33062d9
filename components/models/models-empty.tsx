"use client";

import Link from "next/link";
import { curlPredictions } from "@/components/connect/snippets";
import { Button } from "@/components/ui/button";
import { CodeBlock } from "@/components/ui/code-block";
import { EmptyState } from "@/components/ui/empty-state";
import { useOrigin } from "@/components/ui/use-origin";

export function ModelsEmpty() {
  const url = useOrigin();
  return (
    <EmptyState title="No model has logged anything yet. Send a first prediction and it appears here, with its features and their types.">
      <p className="text-mute">
        <Link href="/keys" className="link">
          Create an API key
        </Link>{" "}
        with the scope “ingest”, put it in place of the dots, and run this in a shell:
      </p>
      <CodeBlock label="curl" code={curlPredictions({ url })} />
      <div className="flex gap-2">
        <Button asChild tone="primary">
          <Link href="/connect">Connect a client</Link>
        </Button>
        <Button asChild>
          <Link href="/keys">Create an API key</Link>
        </Button>
      </div>
    </EmptyState>
  );
}
