"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { announce } from "@/components/ui/announce";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { ErrorState } from "@/components/ui/error-state";
import { deleteWebhook, webhooksQuery } from "@/lib/webhooks/query";
import type { WebhookRecord } from "@/lib/webhooks/wire";

export function DeleteWebhookDialog({
  webhook,
  onDeleted,
}: {
  webhook: WebhookRecord;
  onDeleted: () => void;
}) {
  const [open, setOpen] = useState(false);
  const client = useQueryClient();
  const remove = useMutation({
    mutationFn: () => deleteWebhook(webhook.id),
    onSuccess: () => {
      setOpen(false);
      onDeleted();
      announce("success", `“${webhook.name}” is deleted.`);
      return client.invalidateQueries({ queryKey: webhooksQuery().queryKey, exact: true });
    },
  });
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button size="sm" tone="danger" aria-label={`Delete ${webhook.name}`}>
          Delete
        </Button>
      </DialogTrigger>
      <DialogContent
        title={`Delete “${webhook.name}”?`}
        description="What it was still to be told, and the list of what it was told, go with it. To stop it for a while, pause it."
      >
        {remove.error ? <ErrorState what="The webhook was not deleted" error={remove.error} /> : null}
        <div className="flex gap-2">
          <Button tone="dangerSolid" disabled={remove.isPending} onClick={() => remove.mutate()}>
            Delete the webhook
          </Button>
          <DialogClose asChild>
            <Button>Keep it</Button>
          </DialogClose>
        </div>
      </DialogContent>
    </Dialog>
  );
}
