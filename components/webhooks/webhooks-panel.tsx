"use client";

import { useQuery } from "@tanstack/react-query";
import { ErrorState } from "@/components/ui/error-state";
import { Skeleton } from "@/components/ui/skeleton";
import { formatCount, plural } from "@/lib/charts/format";
import { webhooksQuery } from "@/lib/webhooks/query";
import type { WebhookRecord } from "@/lib/webhooks/wire";
import { CreateWebhookDialog } from "./create-webhook-dialog";
import { WebhookItem } from "./webhook-item";
import { WebhooksEmpty } from "./webhooks-empty";

export function WebhooksPanel({
  shown,
  onShow,
}: {
  /** The id of the webhook whose deliveries are shown. */
  shown: string | null;
  onShow: (id: string | null) => void;
}) {
  const { data, error, refetch } = useQuery(webhooksQuery());
  if (!data) {
    if (error) return <ErrorState what="The webhooks could not be loaded" error={error} onRetry={refetch} />;
    return (
      <div role="status" aria-label="Loading the webhooks">
        <Skeleton className="mb-3 h-6 w-full max-w-2xl" />
        <Skeleton className="mb-3 h-8 w-36" />
        <Skeleton className="h-28 w-full rounded-lg" />
      </div>
    );
  }
  const { webhooks } = data;
  return (
    <>
      <p className="verdict mb-3">{verdictOf(webhooks)}</p>
      {error ? (
        <ErrorState
          what="The webhooks could not be renewed"
          error={error}
          onRetry={refetch}
          stale
          className="mb-3"
        />
      ) : null}
      <div className="mb-3">
        <CreateWebhookDialog />
      </div>
      {webhooks.length === 0 ? <WebhooksEmpty /> : null}
      <div className="flex flex-col gap-3">
        {webhooks.map((webhook) => (
          <WebhookItem
            key={webhook.id}
            webhook={webhook}
            open={shown === webhook.id}
            onOpen={(open) => onShow(open ? webhook.id : null)}
          />
        ))}
      </div>
      {data.next_cursor ? (
        <p className="mt-3 text-mute">
          The latest {formatCount(webhooks.length)} are shown; GET /api/v1/webhooks lists the others.
        </p>
      ) : null}
    </>
  );
}

function verdictOf(webhooks: readonly WebhookRecord[]): string {
  if (webhooks.length === 0) return "Nobody is told when the registry changes.";
  const active = webhooks.filter(({ status }) => status === "ACTIVE");
  const failing = active.filter(({ last_attempt }) => last_attempt && last_attempt.error !== null);
  const told =
    active.length === 0
      ? "Nobody is told when the registry changes: every webhook is paused."
      : `${plural(active.length, "webhook")} ${active.length === 1 ? "is" : "are"} told of changes of the registry.`;
  if (failing.length === 0) return told;
  return `${told} ${failing.length === 1 ? `“${failing[0]!.name}” did` : `${failing.length} of them did`} not take the latest: each is tried again for a day and a half.`;
}
