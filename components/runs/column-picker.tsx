"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Input, Select } from "@/components/ui/input";
import { plural } from "@/lib/charts/format";
import { betterExtreme, columnId, isSystemMetric, isSystemTag } from "@/lib/experiments/columns";
import { COLUMN_KINDS, type ColumnKind, METRIC_VALUES, type MetricValue } from "@/lib/experiments/kinds";
import type { ColumnNames, RunColumn } from "@/lib/experiments/schema";

/** Names shown of each kind; a search brings the others. */
const SHOWN = 60;
const TITLE: Record<ColumnKind, string> = { metrics: "Metrics", params: "Params", tags: "Tags" };

/** Which columns the table shows, and of a metric which of its values. */
export function ColumnPicker({
  names,
  chosen: shown,
  onChange,
}: {
  names: ColumnNames;
  /** As the table shows them, which follows what was chosen when the runs have come. */
  chosen: readonly RunColumn[];
  /** null = the first choice again. */
  onChange: (cols: string[] | null) => void;
}) {
  const [text, setText] = useState("");
  const wanted = text.trim().toLowerCase();
  const of = (kind: ColumnKind) => names[kind].filter((key) => key.toLowerCase().includes(wanted));
  // The next choice builds on the last one, also where that is not in the table yet.
  const [choice, setChoice] = useState<{ over: readonly RunColumn[]; columns: readonly RunColumn[] }>();
  const chosen = choice?.over === shown ? choice.columns : shown;
  const write = (columns: readonly RunColumn[], cols = columns.map(({ id }) => id)) => {
    setChoice({ over: shown, columns });
    onChange(cols);
  };
  const all = (kind: ColumnKind) => {
    const others = chosen.filter((column) => column.kind !== kind);
    const found = of(kind).filter((key) => wanted !== "" || !(isSystemMetric(key) || isSystemTag(key)));
    const columns = [...others, ...found.map((key) => columnOf(kind, key, "last"))];
    // A word rather than a thousand: the address must stay short enough to be sent.
    write(columns, wanted === "" ? [...others.map(({ id }) => id), `${kind}.*`] : undefined);
  };
  return (
    <div className="flex flex-col gap-2">
      <Input
        type="search"
        aria-label="Find a column"
        placeholder={`Find among ${plural(names.metrics.length + names.params.length + names.tags.length, "name")}`}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      {COLUMN_KINDS.map((kind) => {
        const found = of(kind);
        if (found.length === 0) return null;
        return (
          <fieldset key={kind} className="min-w-0">
            <legend className="float-left font-semibold text-xs">
              {TITLE[kind]} <span className="font-normal text-mute">{found.length}</span>
            </legend>
            <span className="float-right flex gap-1">
              <Button tone="ghost" size="sm" onClick={() => all(kind)}>
                all<span className="sr-only"> {TITLE[kind].toLowerCase()}</span>
              </Button>
              <Button
                tone="ghost"
                size="sm"
                onClick={() => write(chosen.filter((column) => column.kind !== kind))}
              >
                none<span className="sr-only"> of the {TITLE[kind].toLowerCase()}</span>
              </Button>
            </span>
            <ul className="clear-both">
              {inOrder(found, kind, chosen)
                .slice(0, SHOWN)
                .map((key) => (
                  <ColumnLine
                    key={key}
                    kind={kind}
                    name={key}
                    chosen={chosen}
                    onChange={(columns) => write(columns)}
                  />
                ))}
            </ul>
            {found.length > SHOWN ? (
              <p className="text-mute text-xs">and {found.length - SHOWN} more: search for them</p>
            ) : null}
          </fieldset>
        );
      })}
      <Button
        size="sm"
        className="w-fit"
        onClick={() => {
          setChoice(undefined);
          onChange(null);
        }}
      >
        The first choice again
      </Button>
    </div>
  );
}

const columnOf = (kind: ColumnKind, key: string, value: MetricValue): RunColumn => ({
  kind,
  key,
  value,
  id: columnId({ kind, key, value }),
});

/** What is chosen comes first. */
function inOrder(found: readonly string[], kind: ColumnKind, chosen: readonly RunColumn[]): string[] {
  const on = new Set(chosen.filter((column) => column.kind === kind).map(({ key }) => key));
  return [...found.filter((key) => on.has(key)), ...found.filter((key) => !on.has(key))];
}

function ColumnLine({
  kind,
  name,
  chosen,
  onChange,
}: {
  kind: ColumnKind;
  name: string;
  chosen: readonly RunColumn[];
  onChange: (columns: readonly RunColumn[]) => void;
}) {
  const mine = chosen.filter((column) => column.kind === kind && column.key === name);
  const make = (value: MetricValue) => columnOf(kind, name, value);
  return (
    <li className="flex min-h-7 items-center gap-2">
      <label className="flex min-w-0 flex-1 items-center gap-1.5">
        <input
          type="checkbox"
          checked={mine.length > 0}
          onChange={(event) =>
            onChange(
              event.target.checked
                ? [...chosen, make("last")]
                : chosen.filter((column) => !mine.includes(column)),
            )
          }
        />
        <span className="min-w-0 break-all">{name}</span>
      </label>
      {kind === "metrics" && mine[0] ? (
        <Select
          aria-label={`Which value of ${name}`}
          className="min-h-6.5 py-0 text-xs"
          value={mine[0].value}
          onChange={(event) =>
            onChange(
              chosen.map((column) => (column === mine[0] ? make(event.target.value as MetricValue) : column)),
            )
          }
        >
          {METRIC_VALUES.map((value) => (
            <option key={value} value={value}>
              {value === "best" ? `best (${betterExtreme(name)})` : value}
            </option>
          ))}
        </Select>
      ) : null}
    </li>
  );
}
