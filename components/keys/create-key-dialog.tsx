"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { createKey, keysQuery } from "@/lib/keys/query";
import { KeyForm } from "./key-form";
import { KeySecret } from "./key-secret";

export function CreateKeyDialog() {
  const [open, setOpen] = useState(false);
  const client = useQueryClient();
  const create = useMutation({
    mutationFn: createKey,
    onSuccess: () => client.invalidateQueries({ queryKey: keysQuery().queryKey }),
  });

  const change = (next: boolean) => {
    setOpen(next);
    // Closed, the secret is gone from this page too.
    if (!next) create.reset();
  };

  return (
    <Dialog open={open} onOpenChange={change}>
      <DialogTrigger asChild>
        <Button tone="primary">
          <Plus aria-hidden="true" />
          Create a key
        </Button>
      </DialogTrigger>
      {create.data ? (
        <DialogContent
          title="Copy the key now"
          description={`“${create.data.key.name}” is made. This is the only time its secret is shown.`}
          // A click beside the dialog must not lose what cannot be shown again.
          onInteractOutside={(event) => event.preventDefault()}
        >
          <KeySecret created={create.data} onDone={() => change(false)} />
        </DialogContent>
      ) : (
        <DialogContent title="Create an API key" description="A client sends it with each request.">
          <KeyForm pending={create.isPending} error={create.error} onSubmit={(key) => create.mutate(key)} />
        </DialogContent>
      )}
    </Dialog>
  );
}
