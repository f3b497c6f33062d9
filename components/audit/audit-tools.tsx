"use client";

import { useMutation } from "@tanstack/react-query";
import { Button } from "@/components/ui/button";
import { type AuditWords, verifyAudit } from "@/lib/audit/query";
import { formatCount } from "@/lib/charts/format";
import { apiUrl, describeError } from "@/lib/http/request";

/** The filter's events as a file, and the proof that the log is what was written. */
export function AuditTools({ filter }: { filter: AuditWords }) {
  const check = useMutation({ mutationFn: verifyAudit });
  return (
    <div className="flex flex-wrap items-center gap-2">
      {(["csv", "ndjson"] as const).map((format) => (
        <Button key={format} asChild>
          <a href={apiUrl(["audit"], { ...filter, format })} download>
            {format.toUpperCase()}
          </a>
        </Button>
      ))}
      <Button disabled={check.isPending} onClick={() => check.mutate()}>
        {check.isPending ? "Checking" : "Check the chain"}
      </Button>
      <p role="status" className="text-xs">
        {check.error ? <span className="text-high">{describeError(check.error)}</span> : null}
        {check.data ? <Verdict verdict={check.data} /> : null}
      </p>
    </div>
  );
}

function Verdict({
  verdict: { events, head, broken },
}: {
  verdict: Awaited<ReturnType<typeof verifyAudit>>;
}) {
  if (broken) return <strong className="text-high">The chain is broken: {broken.message}.</strong>;
  return (
    <span className="text-mute">
      All {formatCount(events)} events are what was written; the head is {head.id}:{head.hash?.slice(0, 12)}…
    </span>
  );
}
