import { useState } from "react";
import { Button } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { formatDay, formatWindow } from "@/lib/charts/format";
import type { Window } from "@/lib/wire";
import { RebinNote } from "./rebin-note";

const DAY_MS = 86_400_000;
const dayOf = (time: string | number) => new Date(time).toISOString().slice(0, 10);

/** Whole UTC days, both included, as the half-open window of the API; null unless it holds a day. */
function toWindow(first: string, last: string): Window | null {
  const from = Date.parse(`${first}T00:00:00Z`);
  const to = Date.parse(`${last}T00:00:00Z`) + DAY_MS;
  if (!(to > from)) return null;
  return { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
}

export function BaselineWindowForm({
  logged,
  failure,
  replaces,
  onSubmit,
}: {
  logged: Window | null;
  failure: unknown;
  replaces: boolean;
  onSubmit: (window: Window) => void;
}) {
  const [first, setFirst] = useState(logged ? dayOf(logged.from) : "");
  const [last, setLast] = useState(logged ? firstWeek(logged) : "");
  if (!logged) {
    return (
      <p className="text-mute">
        Nothing has been logged yet, so there is no window to freeze. Upload a file, or come back when
        predictions have come in.
      </p>
    );
  }
  const window = toWindow(first, last);
  const limits = { min: dayOf(logged.from), max: dayOf(logged.to) };
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (window) onSubmit(window);
      }}
    >
      <div className="flex flex-wrap items-end gap-3">
        <DayField label="First day (UTC)" limits={limits} value={first} onChange={setFirst} />
        <DayField label="Last day, included" limits={limits} value={last} onChange={setLast} />
      </div>
      <p className="text-mute text-xs">
        Logged so far: {formatDay(logged.from)} to {formatDay(logged.to)}. Take days in which the model did
        well, a week at least, so that weekdays and weekends are both in it. Labels that have come in are
        frozen along.
      </p>
      {window ? null : (
        <p role="alert" className="text-high">
          The last day lies before the first.
        </p>
      )}
      {failure ? <ErrorState what="The baseline was not set" error={failure} /> : null}
      {replaces ? <RebinNote /> : null}
      <Button type="submit" tone="primary" className="w-fit" disabled={!window}>
        {window ? `Freeze ${formatWindow(window)}` : "Freeze the window"}
      </Button>
    </form>
  );
}

function DayField({
  label,
  limits,
  value,
  onChange,
}: {
  label: string;
  limits: { min: string; max: string };
  value: string;
  onChange: (day: string) => void;
}) {
  return (
    <Field label={label}>
      {(wiring) => (
        <Input
          type="date"
          required
          {...limits}
          {...wiring}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}

/** The last day of the first week of data, or of all data if they are fewer. */
const firstWeek = ({ from, to }: Window) => dayOf(Math.min(Date.parse(from) + 6 * DAY_MS, Date.parse(to)));
