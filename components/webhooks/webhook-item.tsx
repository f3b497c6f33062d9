"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Ago } from "@/components/ui/ago";
import { announce } from "@/components/ui/announce";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { describeError } from "@/lib/http/request";
import { changeWebhook, webhooksQuery } from "@/lib/webhooks/query";
import type { WebhookRecord } from "@/lib/webhooks/wire";
import { ChangeWebhookDialog } from "./change-webhook-dialog";
import { DeleteWebhookDialog } from "./delete-webhook-dialog";
import { DeliveryTable } from "./delivery-table";
import { useTest } from "./use-test";

/** One webhook: where it leads, what it is told, what came of it, and all that can be done with it. */
export function WebhookItem({
  webhook,
  open,
  onOpen,
}: {
  webhook: WebhookRecord;
  /** Its deliveries are shown. */
  open: boolean;
  onOpen: (open: boolean) => void;
}) {
  const client = useQueryClient();
  const test = useTest(webhook);
  const paused = webhook.status === "DISABLED";
  const pause = useMutation({
    mutationFn: () => changeWebhook({ id: webhook.id, status: paused ? "ACTIVE" : "DISABLED" }),
    onSuccess: () => client.invalidateQueries({ queryKey: webhooksQuery().queryKey }),
    onError: (error) => announce("error", `“${webhook.name}” is as it was: ${describeError(error)}`),
  });
  const title = `webhook-${webhook.id}`;
  return (
    <Card aria-labelledby={title}>
      <div className="mb-1 flex flex-wrap items-center gap-x-2 gap-y-1.5">
        <h2 id={title} className="font-semibold text-sm">
          {webhook.name}
        </h2>
        <Badge tone={paused ? "quiet" : "good"}>{paused ? "paused" : "active"}</Badge>
        <Badge tone="outline">{webhook.has_secret ? "signed" : "not signed"}</Badge>
        <span className="flex flex-wrap gap-1.5 sm:ml-auto">
          {test.button}
          <ChangeWebhookDialog webhook={webhook} />
          <Button
            size="sm"
            aria-label={`${paused ? "Resume" : "Pause"} ${webhook.name}`}
            title={
              paused
                ? "Tell it what waits, and what happens from now on"
                : "What happens meanwhile is not told; what waits already is told when it is resumed"
            }
            disabled={pause.isPending}
            onClick={() => pause.mutate()}
          >
            {paused ? "Resume" : "Pause"}
          </Button>
          <DeleteWebhookDialog webhook={webhook} onDeleted={() => onOpen(false)} />
        </span>
      </div>
      <p className="break-all font-mono text-xs">{webhook.url}</p>
      {webhook.description ? <p className="mt-1 break-words text-soft">{webhook.description}</p> : null}
      <p className="mt-1.5 flex flex-wrap gap-1">
        {webhook.events.map((event) => (
          <Badge key={event}>{event}</Badge>
        ))}
      </p>
      {test.result}
      <div className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-1.5">
        <p>
          <LatestAttempt attempt={webhook.last_attempt} />
        </p>
        <Button
          size="sm"
          tone="ghost"
          aria-expanded={open}
          aria-label={`${open ? "Hide" : "Show"} the deliveries of ${webhook.name}`}
          onClick={() => onOpen(!open)}
        >
          {open ? "Hide deliveries" : "Deliveries"}
        </Button>
      </div>
      {open ? (
        <div className="mt-2">
          <DeliveryTable webhook={webhook} />
        </div>
      ) : null}
    </Card>
  );
}

function LatestAttempt({ attempt }: { attempt: WebhookRecord["last_attempt"] }) {
  if (!attempt) return <span className="text-mute">It was told nothing yet.</span>;
  if (attempt.error === null) {
    return (
      <>
        Latest attempt <Ago time={attempt.at} />: <span className="text-good">taken, {attempt.status}</span>
      </>
    );
  }
  return (
    <>
      Latest attempt <Ago time={attempt.at} />: <span className="text-high">not taken, {attempt.error}</span>
    </>
  );
}
