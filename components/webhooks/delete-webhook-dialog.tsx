"use client";

import { useQueryClient } from "@tanstack/react-query";
import { announce } from "@/components/ui/announce";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { deleteWebhook, webhooksQuery } from "@/lib/webhooks/query";
import type { WebhookRecord } from "@/lib/webhooks/wire";

export function DeleteWebhookDialog({
  webhook,
  onDeleted,
}: {
  webhook: WebhookRecord;
  onDeleted: () => void;
}) {
  const client = useQueryClient();
  return (
    <ConfirmDialog
      verb="Delete"
      name={webhook.name}
      noun="webhook"
      description="What it was still to be told, and the list of what it was told, go with it. To stop it for a while, pause it."
      failure="The webhook was not deleted"
      onConfirm={async () => {
        await deleteWebhook(webhook.id);
        onDeleted();
        announce("success", `“${webhook.name}” is deleted.`);
        await client.invalidateQueries({ queryKey: webhooksQuery().queryKey, exact: true });
      }}
    />
  );
}
