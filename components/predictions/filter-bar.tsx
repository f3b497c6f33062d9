"use client";

import { X } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Select } from "@/components/ui/input";
import type { Task } from "@/lib/models/schema";
import { type FilterChoice, filterWords } from "@/lib/predictions/filter-words";
import type { ChangeView } from "../report/view";
import { AddFilter } from "./add-filter";
import { LABEL_STATES, type LabelState, type PredictionsView } from "./view";

const STATE_WORDS: Record<LabelState, string> = {
  any: "any label",
  labelled: "labelled",
  unlabelled: "not labelled",
  correct: "right",
  wrong: "wrong",
  error: "failed",
};

/** Which rows are shown: conditions that all hold, the label's state, the order. */
export function FilterBar({
  view,
  choices,
  task,
  onChange,
}: {
  view: PredictionsView;
  choices: readonly FilterChoice[];
  task: Task | null;
  onChange: ChangeView<PredictionsView>;
}) {
  const states = LABEL_STATES.filter(
    (state) => task !== "regression" || (state !== "correct" && state !== "wrong"),
  );
  return (
    <search aria-label="Filters" className="mb-2.5 flex flex-wrap items-center gap-2">
      <Select
        aria-label="Label"
        value={view.label}
        onChange={(event) => onChange({ label: event.target.value as LabelState })}
      >
        {states.map((state) => (
          <option key={state} value={state}>
            {STATE_WORDS[state]}
          </option>
        ))}
      </Select>
      <Select
        aria-label="Order"
        value={view.order}
        onChange={(event) => onChange({ order: event.target.value as "desc" | "asc" })}
      >
        <option value="desc">newest first</option>
        <option value="asc">oldest first</option>
      </Select>
      {view.filter.length > 0 ? (
        <ul className="contents" aria-label="Conditions">
          {view.filter.map((filter) => (
            <li key={filter} className="max-w-full">
              <span className="inline-flex min-h-8 max-w-full items-center gap-1 rounded-md bg-accent-soft pr-1 pl-2.5 text-accent">
                <span className="truncate">{filterWords(filter)}</span>
                <Button
                  tone="ghost"
                  size="iconSm"
                  aria-label={`Remove the condition ${filterWords(filter)}`}
                  onClick={() => onChange({ filter: view.filter.filter((each) => each !== filter) })}
                >
                  <X aria-hidden="true" />
                </Button>
              </span>
            </li>
          ))}
        </ul>
      ) : null}
      <AddFilter
        choices={choices}
        onAdd={(filter) => onChange({ filter: [...view.filter.filter((each) => each !== filter), filter] })}
      />
      {view.filter.length > 0 || view.label !== "any" ? (
        <Button tone="ghost" onClick={() => onChange({ filter: [], label: "any" })}>
          Clear
        </Button>
      ) : null}
    </search>
  );
}
