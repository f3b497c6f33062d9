"use client";

import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { Window } from "@/lib/wire";
import { toWire } from "./view";

const local = (time: string) =>
  Number.isFinite(Date.parse(time)) ? new Date(time).toISOString().slice(0, 16) : "";
const utc = (field: string) => Date.parse(`${field}Z`);

/** Two moments in UTC, whatever the reader's own clock says; the second is the first moment outside. */
export function WindowFields({
  window,
  action,
  onSubmit,
}: {
  window: Window | null;
  action: string;
  onSubmit: (window: Window) => void;
}) {
  const [from, setFrom] = useState(local(window?.from ?? ""));
  const [to, setTo] = useState(local(window?.to ?? ""));
  const backwards = from !== "" && to !== "" && utc(from) >= utc(to);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (from === "" || to === "" || backwards) return;
    onSubmit({ from: toWire(utc(from)), to: toWire(utc(to)) });
  };

  return (
    <form onSubmit={submit} className="flex flex-col gap-2">
      <Field label="From (UTC)">
        {(wiring) => (
          <Input
            {...wiring}
            type="datetime-local"
            required
            value={from}
            onChange={(e) => setFrom(e.target.value)}
          />
        )}
      </Field>
      <Field
        label="Until, not included (UTC)"
        error={backwards ? "The end must lie after the start." : undefined}
      >
        {(wiring) => (
          <Input
            {...wiring}
            type="datetime-local"
            required
            value={to}
            onChange={(e) => setTo(e.target.value)}
          />
        )}
      </Field>
      <Button type="submit" disabled={backwards}>
        {action}
      </Button>
    </form>
  );
}
