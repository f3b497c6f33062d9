"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { announce } from "@/components/ui/announce";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { changeWebhook, webhooksQuery } from "@/lib/webhooks/query";
import type { WebhookRecord } from "@/lib/webhooks/wire";
import { WebhookForm } from "./webhook-form";

export function ChangeWebhookDialog({ webhook }: { webhook: WebhookRecord }) {
  const [open, setOpen] = useState(false);
  const client = useQueryClient();
  const save = useMutation({
    mutationFn: changeWebhook,
    onSuccess: ({ name }) => {
      setOpen(false);
      announce("success", `“${name}” is changed.`);
      return client.invalidateQueries({ queryKey: webhooksQuery().queryKey });
    },
  });
  const change = (next: boolean) => {
    setOpen(next);
    if (!next) save.reset();
  };
  return (
    <Dialog open={open} onOpenChange={change}>
      <DialogTrigger asChild>
        <Button size="sm" aria-label={`Change ${webhook.name}`}>
          Change
        </Button>
      </DialogTrigger>
      <DialogContent title={`Change “${webhook.name}”`}>
        <WebhookForm
          webhook={webhook}
          pending={save.isPending}
          error={save.error}
          onSubmit={(input) => save.mutate({ id: webhook.id, ...input })}
        />
      </DialogContent>
    </Dialog>
  );
}
