import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Card, CardTitle } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { VersionAddress } from "@/lib/models/address";
import { DEFAULT_SETTINGS, type VersionSchema, VersionSettings } from "@/lib/models/schema";
import { usePatchSchema } from "./use-patch-schema";

type Name = keyof VersionSettings;

type Threshold = { name: Name; label: string; hint: string; range: string };

const DRIFT: Threshold[] = [
  {
    name: "effect_floor",
    label: "Effect floor",
    hint: "Smallest distance that counts as drift, 0 to 1; 0 gives the textbook rule, p-value alone.",
    range: "from 0 to 1",
  },
  {
    name: "alpha",
    label: "Alpha",
    hint: "False discovery rate held across the features tested together.",
    range: "above 0 and below 1",
  },
];

const CONCEPT_DRIFT: Threshold[] = [
  {
    name: "concept_chunk",
    label: "Chunk, labelled predictions",
    hint: "The metric is compared over consecutive chunks of this size.",
    range: "a whole number from 10 to 10,000",
  },
  {
    name: "concept_window",
    label: "Window, chunks",
    hint: "Chunks in the detector’s rolling window.",
    range: "a whole number from 1 to 100,000",
  },
  {
    name: "concept_sensitivity",
    label: "Sensitivity, |z|",
    hint: "It is reported beyond this many standard deviations of the baseline’s chunks.",
    range: "above 0, at most 100",
  },
];

const GROUPS = [
  { title: "Drift of what the model reads", note: "for every feature without its own", fields: DRIFT },
  { title: "Concept drift", note: "whether the model still does its work", fields: CONCEPT_DRIFT },
];
const FIELDS = [...DRIFT, ...CONCEPT_DRIFT];

/** When something counts as drift, for the whole version. */
export function ThresholdsCard({ address, schema }: { address: VersionAddress; schema: VersionSchema }) {
  const [edits, setEdits] = useState<Partial<Record<Name, string>>>({});
  const patch = usePatchSchema(address);
  const values = FIELDS.map(({ name }) => [name, edits[name] ?? String(schema.settings[name])] as const);
  const changed = values.filter(([name, text]) => text !== String(schema.settings[name]));
  const parsed = Object.fromEntries(changed.map(([name, text]) => [name, toNumber(text)]));
  const check = VersionSettings.partial().safeParse(parsed);
  const wrong = new Set(check.success ? [] : check.error.issues.map(({ path }) => path[0]));

  return (
    <Card>
      <CardTitle>What counts as drift</CardTitle>
      <form
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (check.success) {
            patch.mutate(
              {
                patch: { settings: check.data },
                said: "The thresholds are saved; reports follow them at once.",
              },
              { onSuccess: () => setEdits({}) },
            );
          }
        }}
      >
        {GROUPS.map(({ title, note, fields }) => (
          <fieldset key={title}>
            <legend className="mb-1.5 text-soft text-xs">
              {title}: <span className="text-mute">{note}</span>
            </legend>
            <div className="grid gap-x-4 gap-y-3 sm:grid-cols-2">
              {fields.map(({ name, label, hint, range }) => (
                <Field
                  key={name}
                  label={label}
                  hint={`${hint} Default ${DEFAULT_SETTINGS[name].toLocaleString("en-US")}.`}
                  error={wrong.has(name) ? `It is ${range}.` : null}
                >
                  {(wiring) => (
                    <Input
                      {...wiring}
                      inputMode="decimal"
                      value={edits[name] ?? String(schema.settings[name])}
                      onChange={(event) => setEdits((before) => ({ ...before, [name]: event.target.value }))}
                      className="w-32"
                    />
                  )}
                </Field>
              ))}
            </div>
          </fieldset>
        ))}
        <div className="flex gap-2">
          <Button
            type="submit"
            tone="primary"
            disabled={changed.length === 0 || !check.success || patch.isPending}
          >
            {patch.isPending ? "Saving" : "Save the thresholds"}
          </Button>
          {changed.length > 0 ? (
            <Button tone="ghost" onClick={() => setEdits({})}>
              Undo
            </Button>
          ) : null}
        </div>
      </form>
    </Card>
  );
}

/** NaN for an empty field: it is not zero. */
const toNumber = (text: string): number => (text.trim() === "" ? Number.NaN : Number(text));
