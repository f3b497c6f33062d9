"use client";

import { RotateCcw } from "lucide-react";
import { useState } from "react";
import { announce } from "@/components/ui/announce";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { ErrorState } from "@/components/ui/error-state";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { listWords } from "@/lib/charts/format";
import { rollBack } from "@/lib/registry/query";
import type { VersionRecord } from "@/lib/registry/wire";
import { useRegistryChange } from "./use-registry-change";

/** Puts the last Production version back in one step. Without one it says so, on the button and when asked. */
export function RollBackDialog({
  model,
  versions,
  to,
}: {
  model: string;
  versions: readonly VersionRecord[];
  to: string | null;
}) {
  const [open, setOpen] = useState(false);
  // What the person was shown when it opened is what they agree to.
  const [shown, setShown] = useState<string | null>(null);
  const [why, setWhy] = useState("");
  const change = useRegistryChange(
    model,
    () => rollBack(model, { ...(shown === null ? {} : { to: shown }), why }),
    () => {
      setOpen(false);
      setWhy("");
      announce("success", `Version ${shown} of ${model} is back in Production.`);
    },
  );
  const inProduction = versions.filter(({ stage }) => stage === "Production").map(({ version }) => version);
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        setOpen(next);
        if (next) setShown(to);
        change.reset();
      }}
    >
      <DialogTrigger asChild>
        <Button tone={to === null ? "default" : "danger"}>
          <RotateCcw aria-hidden="true" />
          {to === null ? "Roll back" : `Roll back to version ${to}`}
        </Button>
      </DialogTrigger>
      <DialogContent
        title={shown === null ? "Nothing to roll back to" : `Roll back to version ${shown}?`}
        description={
          shown === null
            ? `No version of ${model} that is still there has left Production yet. Move one there with “Change”.`
            : `Version ${shown} goes to Production${
                inProduction.length > 0 ? `, and ${listWords(inProduction)} is archived in the same step` : ""
              }. Serving follows where it asks for the Production version.`
        }
      >
        {change.error ? <ErrorState what="It was not rolled back" error={change.error} /> : null}
        {shown === null ? null : (
          <form
            className="flex flex-col gap-3"
            onSubmit={(event) => {
              event.preventDefault();
              change.mutate(undefined);
            }}
          >
            <Field label="Why" hint="It is kept in the history and in the audit log.">
              {(wiring) => (
                <Input
                  {...wiring}
                  value={why}
                  maxLength={2000}
                  onChange={(event) => setWhy(event.target.value)}
                />
              )}
            </Field>
            <div className="flex gap-2">
              <Button type="submit" tone="dangerSolid" disabled={change.isPending}>
                {change.isPending ? "Rolling back" : "Roll back"}
              </Button>
              <DialogClose asChild>
                <Button>Leave it</Button>
              </DialogClose>
            </div>
          </form>
        )}
      </DialogContent>
    </Dialog>
  );
}
