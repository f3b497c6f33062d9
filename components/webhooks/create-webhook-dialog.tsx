"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useState } from "react";
import { announce } from "@/components/ui/announce";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { createWebhook, webhooksQuery } from "@/lib/webhooks/query";
import { WebhookForm } from "./webhook-form";

export function CreateWebhookDialog() {
  const [open, setOpen] = useState(false);
  const client = useQueryClient();
  const create = useMutation({
    mutationFn: createWebhook,
    onSuccess: ({ name }) => {
      setOpen(false);
      announce("success", `“${name}” is told from now on. Send it a test to see that it listens.`);
      return client.invalidateQueries({ queryKey: webhooksQuery().queryKey });
    },
  });
  const change = (next: boolean) => {
    setOpen(next);
    if (!next) create.reset();
  };
  return (
    <Dialog open={open} onOpenChange={change}>
      <DialogTrigger asChild>
        <Button tone="primary">
          <Plus aria-hidden="true" />
          Add a webhook
        </Button>
      </DialogTrigger>
      <DialogContent title="Add a webhook" description="It is told of changes of the registry, one by one.">
        <WebhookForm
          pending={create.isPending}
          error={create.error}
          onSubmit={(webhook) => create.mutate(webhook)}
        />
      </DialogContent>
    </Dialog>
  );
}
