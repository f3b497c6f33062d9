"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Ago } from "@/components/ui/ago";
import { announce } from "@/components/ui/announce";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { ErrorState } from "@/components/ui/error-state";
import { keysQuery, revokeKey } from "@/lib/keys/query";
import type { ApiKey } from "@/lib/keys/schema";

export function RevokeKeyDialog({ apiKey }: { apiKey: ApiKey }) {
  const [open, setOpen] = useState(false);
  const client = useQueryClient();
  const revoke = useMutation({
    mutationFn: () => revokeKey(apiKey.id),
    onSuccess: () => {
      setOpen(false);
      announce("success", `“${apiKey.name}” is revoked.`);
      return client.invalidateQueries({ queryKey: keysQuery().queryKey });
    },
  });
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button size="sm" tone="danger" aria-label={`Revoke ${apiKey.name}`}>
          Revoke
        </Button>
      </DialogTrigger>
      <DialogContent
        title={`Revoke “${apiKey.name}”?`}
        description={
          <p>
            Whoever uses {apiKey.prefix}… is refused from now on, and it cannot be undone.{" "}
            {apiKey.last_used_at ? (
              <>
                It was used last <Ago time={apiKey.last_used_at} />.
              </>
            ) : (
              "It has never been used."
            )}
          </p>
        }
      >
        {revoke.error ? <ErrorState what="The key was not revoked" error={revoke.error} /> : null}
        <div className="flex gap-2">
          <Button tone="dangerSolid" disabled={revoke.isPending} onClick={() => revoke.mutate()}>
            {revoke.isPending ? "Revoking" : "Revoke the key"}
          </Button>
          <DialogClose asChild>
            <Button>Keep it</Button>
          </DialogClose>
        </div>
      </DialogContent>
    </Dialog>
  );
}
