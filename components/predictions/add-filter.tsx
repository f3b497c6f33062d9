"use client";

import { Plus } from "lucide-react";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input, Select } from "@/components/ui/input";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { type FilterChoice, OP_WORDS, OPS_OF } from "@/lib/predictions/filter-words";
import type { PredictionFilter } from "@/lib/predictions/schema";

/** One more condition, put together from field, comparison and value. */
export function AddFilter({
  choices,
  onAdd,
}: {
  choices: readonly FilterChoice[];
  onAdd: (filter: string) => void;
}) {
  const [open, setOpen] = useState(false);
  const [name, setName] = useState<string | null>(null);
  const [chosenOp, setOp] = useState<PredictionFilter["op"] | null>(null);
  const [value, setValue] = useState("");
  const choice = choices.find(({ field }) => field === name) ?? choices[0];
  if (!choice) return null;
  const ops = OPS_OF[choice.kind];
  const op = chosenOp && ops.includes(chosenOp) ? chosenOp : ops[0]!;
  const wantsValue = op !== "missing";
  const number = choice.kind === "number" && wantsValue;
  const bad = number && value.trim() !== "" && !Number.isFinite(Number(value));

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (bad || (wantsValue && value === "")) return;
    onAdd(wantsValue ? `${choice.field}:${op}:${number ? Number(value) : value}` : `${choice.field}:${op}`);
    setOpen(false);
    setValue("");
  };
  const groups = [...new Set(choices.map(({ group }) => group))];

  return (
    <Popover open={open} onOpenChange={setOpen}>
      <PopoverTrigger asChild>
        <Button>
          <Plus aria-hidden="true" />
          Condition
        </Button>
      </PopoverTrigger>
      <PopoverContent aria-label="Add a condition" align="start">
        <form onSubmit={submit} className="flex flex-col gap-2">
          <Field label="Field">
            {(wiring) => (
              <Select {...wiring} value={choice.field} onChange={(event) => setName(event.target.value)}>
                {groups.map((group) => (
                  <optgroup key={group} label={group}>
                    {choices
                      .filter((each) => each.group === group)
                      .map((each) => (
                        <option key={each.field} value={each.field}>
                          {each.label}
                        </option>
                      ))}
                  </optgroup>
                ))}
              </Select>
            )}
          </Field>
          <Field label="Comparison">
            {(wiring) => (
              <Select
                {...wiring}
                value={op}
                onChange={(event) => setOp(event.target.value as PredictionFilter["op"])}
              >
                {ops.map((each) => (
                  <option key={each} value={each}>
                    {OP_WORDS[each]}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          {wantsValue ? (
            <Field label="Value" error={bad ? "A number is wanted here." : undefined}>
              {(wiring) => (
                <Input
                  {...wiring}
                  required
                  inputMode={number ? "decimal" : "text"}
                  value={value}
                  onChange={(event) => setValue(event.target.value)}
                />
              )}
            </Field>
          ) : null}
          <Button type="submit" tone="primary" disabled={bad || (wantsValue && value === "")}>
            Add
          </Button>
        </form>
      </PopoverContent>
    </Popover>
  );
}
