import type { Metadata } from "next";
import { Prefetched } from "@/app/prefetched";
import { decodeSegment } from "@/lib/models/address";
import { runAnswer } from "../answers";
import { RunView } from "./run-view";

export const metadata: Metadata = { title: "Run" };

export default async function RunPage({ params }: { params: Promise<{ run: string }> }) {
  const run = decodeSegment((await params).run);
  return (
    <Prefetched load={(ask) => ask(runAnswer(run))}>
      <RunView run={run} />
    </Prefetched>
  );
}
