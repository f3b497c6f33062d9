import { useEffect, useRef } from "react";
import { cn } from "@/components/ui/cn";
import type { CardProblem } from "@/lib/cards/schema";

/** The card's YAML with its line numbers, wrong lines marked. */
export function RawText({
  text,
  problems,
  line,
  onChange,
  onShown,
}: {
  text: string;
  problems: readonly CardProblem[];
  /** To be shown and selected; null = none. */
  line: number | null;
  onChange: (text: string) => void;
  onShown: () => void;
}) {
  const area = useRef<HTMLTextAreaElement>(null);
  const lines = text.split("\n");
  const wrong = new Set(problems.map((problem) => problem.line));

  useEffect(() => {
    if (line === null || !area.current) return;
    const before = area.current.value.split("\n").slice(0, line - 1);
    const start = before.reduce((sum, each) => sum + each.length + 1, 0);
    const end = area.current.value.indexOf("\n", start);
    area.current.focus();
    area.current.setSelectionRange(start, end < 0 ? area.current.value.length : end);
    onShown();
  }, [line, onShown]);

  return (
    <div className="flex overflow-hidden rounded-md border border-line bg-card font-mono text-xs leading-5">
      <div aria-hidden="true" className="select-none bg-side py-2 text-right text-mute">
        {lines.map((_, place) => (
          <div
            // biome-ignore lint/suspicious/noArrayIndexKey: a line is its number
            key={place}
            className={cn("px-2", wrong.has(place + 1) && "bg-high-soft text-high")}
          >
            {place + 1}
          </div>
        ))}
      </div>
      <textarea
        ref={area}
        aria-label="Raw text of the card, YAML"
        aria-invalid={problems.length > 0 || undefined}
        spellCheck={false}
        wrap="off"
        rows={lines.length}
        value={text}
        onChange={(event) => onChange(event.target.value)}
        className="min-h-96 min-w-0 flex-1 resize-none overflow-y-hidden bg-card px-2.5 py-2 text-ink -outline-offset-2"
      />
    </div>
  );
}
