"use client";

import { useMutation } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { Button } from "./button";
import { Dialog, DialogClose, DialogContent, DialogTrigger } from "./dialog";
import { ErrorState } from "./error-state";

/** A button for what cannot be undone: it says what happens, and does it when it is told to a second time. */
export function ConfirmDialog({
  verb,
  name,
  noun,
  description,
  failure,
  onConfirm,
}: {
  /** What it does: "Delete". */
  verb: string;
  /** Whom it is done to: the name of a webhook. */
  name: string;
  /** What that is: "webhook". */
  noun: string;
  description: ReactNode;
  /** What did not happen, where it fails: "The webhook was not deleted". */
  failure: string;
  onConfirm: () => Promise<unknown>;
}) {
  const [open, setOpen] = useState(false);
  const deed = useMutation({ mutationFn: onConfirm, onSuccess: () => setOpen(false) });
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button size="sm" tone="danger" aria-label={`${verb} ${name}`}>
          {verb}
        </Button>
      </DialogTrigger>
      <DialogContent title={`${verb} “${name}”?`} description={description}>
        {deed.error ? <ErrorState what={failure} error={deed.error} /> : null}
        <div className="flex gap-2">
          <Button tone="dangerSolid" disabled={deed.isPending} onClick={() => deed.mutate()}>
            {verb} the {noun}
          </Button>
          <DialogClose asChild>
            <Button>Keep it</Button>
          </DialogClose>
        </div>
      </DialogContent>
    </Dialog>
  );
}
