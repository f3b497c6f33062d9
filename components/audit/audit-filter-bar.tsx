"use client";

import { useEffect, useState } from "react";
import { Field } from "@/components/ui/field";
import { Input, Select } from "@/components/ui/input";
import type { AuditWords } from "@/lib/audit/query";
import { ACTION_KINDS, ACTION_WORDS } from "./actions";

const TYPED_MS = 300;

type Props = { filter: Required<AuditWords>; onFilter: (filter: AuditWords) => void };

export function AuditFilterBar({ filter, onFilter }: Props) {
  const known =
    ACTION_KINDS.some(([prefix]) => prefix === filter.action) ||
    filter.action in ACTION_WORDS ||
    !filter.action;
  return (
    <>
      <Words
        label="Who"
        placeholder="ana@, key:trainer"
        value={filter.actor}
        onValue={(actor) => onFilter({ actor })}
      />
      <Field label="Did">
        {(wiring) => (
          <Select
            {...wiring}
            className="w-40"
            value={filter.action}
            onChange={(event) => onFilter({ action: event.target.value })}
          >
            <option value="">anything</option>
            <optgroup label="Anything with">
              {ACTION_KINDS.map(([prefix, words]) => (
                <option key={prefix} value={prefix}>
                  {words}
                </option>
              ))}
            </optgroup>
            <optgroup label="Only">
              {Object.entries(ACTION_WORDS).map(([action, words]) => (
                <option key={action} value={action}>
                  {words}
                </option>
              ))}
              {known ? null : <option value={filter.action}>{filter.action}</option>}
            </optgroup>
          </Select>
        )}
      </Field>
      <Words
        label="Of"
        placeholder="flight-delay"
        value={filter.subject}
        onValue={(subject) => onFilter({ subject })}
      />
      <Day label="From (UTC)" value={filter.from} onDay={(from) => onFilter({ from })} />
      <Day label="Before (UTC)" value={filter.to} onDay={(to) => onFilter({ to })} />
    </>
  );
}

function Words({
  label,
  placeholder,
  value,
  onValue,
}: {
  label: string;
  placeholder: string;
  value: string;
  onValue: (value: string) => void;
}) {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  useEffect(() => {
    if (text === value) return;
    const timer = setTimeout(() => onValue(text), TYPED_MS);
    return () => clearTimeout(timer);
  });
  return (
    <Field label={label}>
      {(wiring) => (
        <Input
          {...wiring}
          className="w-36"
          placeholder={placeholder}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      )}
    </Field>
  );
}

function Day({ label, value, onDay }: { label: string; value: string; onDay: (value: string) => void }) {
  return (
    <Field label={label}>
      {(wiring) => (
        <Input
          {...wiring}
          type="date"
          className="w-36"
          value={value.slice(0, 10)}
          onChange={({ target }) => onDay(target.value ? `${target.value}T00:00:00Z` : "")}
        />
      )}
    </Field>
  );
}
