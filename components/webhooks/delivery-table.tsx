"use client";

import { useQuery } from "@tanstack/react-query";
import { Ago } from "@/components/ui/ago";
import { Badge, type BadgeTone } from "@/components/ui/badge";
import { ErrorState } from "@/components/ui/error-state";
import { Skeleton } from "@/components/ui/skeleton";
import { Table, Td, Th } from "@/components/ui/table";
import { formatTime, NOTHING } from "@/lib/charts/format";
import { webhookQuery } from "@/lib/webhooks/query";
import type { Told, WebhookRecord } from "@/lib/webhooks/wire";

const STATES: Record<Told["state"], { word: string; tone: BadgeTone }> = {
  delivered: { word: "taken", tone: "good" },
  waiting: { word: "waiting", tone: "medium" },
  given_up: { word: "given up", tone: "high" },
};

/** The latest things that a webhook was told, or is still to be told. */
export function DeliveryTable({ webhook }: { webhook: WebhookRecord }) {
  const { data, error, refetch } = useQuery(webhookQuery(webhook.id));
  if (!data) {
    if (error) {
      return <ErrorState what="The deliveries could not be loaded" error={error} onRetry={refetch} />;
    }
    return (
      <div role="status" aria-label="Loading the deliveries">
        <Skeleton className="h-16 w-full rounded-lg" />
      </div>
    );
  }
  if (data.deliveries.length === 0) {
    return (
      <p className="text-mute">
        It was told nothing yet. Something of what it asked for must change first; tests are not listed.
      </p>
    );
  }
  return (
    <Table label={`Deliveries of ${webhook.name}`}>
      <thead>
        <tr>
          <Th>event</Th>
          <Th>when</Th>
          <Th>became</Th>
          <Th numeric>attempts</Th>
          <Th>latest answer</Th>
          <Th>next attempt</Th>
        </tr>
      </thead>
      <tbody>
        {data.deliveries.map((told) => (
          <tr key={told.id} className="last:*:border-0">
            <Td className="font-mono text-xs">{told.event}</Td>
            <Td className="whitespace-nowrap">{formatTime(told.at)}</Td>
            <Td>
              <Badge tone={STATES[told.state].tone}>{STATES[told.state].word}</Badge>
            </Td>
            <Td numeric>{told.attempts}</Td>
            <Td className="min-w-40">
              {told.error ??
                (told.status === null ? <span className="text-mute">{NOTHING}</span> : told.status)}
            </Td>
            <Td className="whitespace-nowrap">{next(told, webhook)}</Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function next({ next_attempt_at }: Told, { status }: WebhookRecord) {
  if (!next_attempt_at) return <span className="text-mute">{NOTHING}</span>;
  return status === "ACTIVE" ? <Ago time={next_attempt_at} /> : "when it is resumed";
}
