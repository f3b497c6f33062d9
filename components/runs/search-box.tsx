"use client";

import {
  type FormEvent,
  type KeyboardEvent,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Input } from "@/components/ui/input";
import type { ColumnNames } from "@/lib/experiments/schema";
import { ApiError, describeError } from "@/lib/http/request";
import { type Completion, completeFilter } from "@/lib/search/complete";

const NO_NAMES = { metrics: [], params: [], tags: [] };

/** A filter in MLflow's grammar with OR: names are completed, Enter searches, an error is shown in its place. */
export function SearchBox({
  value,
  names,
  error,
  onSearch,
}: {
  value: string;
  names: ColumnNames | undefined;
  /** Of the search that is shown; only a refused filter is ours to tell. */
  error: unknown;
  onSearch: (filter: string) => void;
}) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(value);
  const caret = useRef<number | null>(null);
  // Behind what was completed, before the next key is read.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once the new text stands in the input
  useLayoutEffect(() => {
    if (caret.current !== null) input.current?.setSelectionRange(caret.current, caret.current);
    caret.current = null;
  }, [text]);
  const [offer, setOffer] = useState<Completion | null>(null);
  const [marked, setMarked] = useState(-1);
  useEffect(() => setText(value), [value]);

  const options = offer?.options ?? [];
  const refusal = error instanceof ApiError && error.status === 400 && text === value ? error : null;

  const complete = (next: string, at: number) => {
    setOffer(completeFilter(next, at, names ?? NO_NAMES));
    setMarked(-1);
  };
  const take = (option: string) => {
    if (!offer) return;
    const head = `${text.slice(0, offer.from)}${option} `;
    const next = head + text.slice(offer.to).trimStart();
    setText(next);
    complete(next, head.length);
    caret.current = head.length;
  };
  const search = (filter: string) => {
    setOffer(null);
    onSearch(filter.trim());
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape" && options.length > 0) {
      event.preventDefault();
      setOffer(null);
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && options.length > 0) {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      setMarked((before) => (before + step + options.length + 1) % (options.length + 1));
    } else if ((event.key === "Enter" || event.key === "Tab") && options[marked]) {
      event.preventDefault();
      take(options[marked]);
    }
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    search(text);
  };

  return (
    <search className="min-w-0 flex-1 basis-80">
      <form onSubmit={onSubmit} className="relative flex gap-1.5">
        <Input
          ref={input}
          role="combobox"
          aria-label="Filter runs"
          aria-autocomplete="list"
          aria-expanded={options.length > 0}
          aria-controls={`${id}-options`}
          aria-activedescendant={options[marked] ? `${id}-${marked}` : undefined}
          aria-invalid={refusal ? true : undefined}
          aria-describedby={refusal ? `${id}-error` : undefined}
          autoComplete="off"
          spellCheck={false}
          placeholder="metrics.acc > 0.9 AND (params.lr = '0.1' OR tags.team = 'blue')"
          className="w-full min-w-0 font-mono text-xs"
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            complete(event.target.value, event.target.selectionStart ?? event.target.value.length);
          }}
          onFocus={(event) => complete(text, event.target.selectionStart ?? text.length)}
          onBlur={() => setOffer(null)}
          onKeyDown={onKeyDown}
        />
        <Button type="submit">Search</Button>
        {value ? (
          <Button tone="ghost" onClick={() => search("")}>
            Clear
          </Button>
        ) : null}
        {options.length > 0 ? (
          <div
            id={`${id}-options`}
            role="listbox"
            aria-label="Completions"
            className="absolute top-full left-0 z-30 mt-1 max-h-72 w-80 max-w-full overflow-y-auto rounded-md border border-line bg-card p-1 font-mono text-xs shadow-float"
          >
            {options.map((option, place) => (
              <div
                key={option}
                id={`${id}-${place}`}
                role="option"
                tabIndex={-1}
                aria-selected={place === marked}
                // Before the input loses its focus, and the list with it.
                onPointerDown={(event) => {
                  event.preventDefault();
                  take(option);
                }}
                className={cn(
                  "cursor-pointer truncate rounded-sm px-2 py-1 hover:bg-hover",
                  place === marked && "bg-selected",
                )}
              >
                {option}
              </div>
            ))}
          </div>
        ) : null}
      </form>
      {refusal ? <Refusal id={`${id}-error`} text={value} error={refusal} /> : null}
    </search>
  );
}

function Refusal({ id, text, error }: { id: string; text: string; error: ApiError }) {
  const at = (error.details[0] as { at?: unknown } | undefined)?.at;
  const place = typeof at === "number" ? Math.min(at, text.length) : null;
  return (
    <div id={id} role="alert" className="mt-1.5 text-high text-xs">
      <p>{describeError(error)}</p>
      {place === null ? null : (
        <p className="mt-0.5 break-all font-mono">
          {text.slice(0, place)}
          <mark className="rounded-sm bg-high-soft text-high underline decoration-wavy underline-offset-2">
            {text.slice(place) || "␣ here"}
          </mark>
        </p>
      )}
    </div>
  );
}
