import { Download } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "./button";
import { Input } from "./input";

/** Above a table: the words its rows must have, other filters, how many are left, and the rows as a file. */
export function TableTools({
  text,
  onText,
  hint,
  shown,
  of,
  noun,
  onCsv,
  children,
}: {
  text: string;
  onText: (text: string) => void;
  /** What the words are looked for in: "model, version, person". */
  hint: string;
  shown: number;
  of: number;
  noun: readonly [one: string, more: string];
  onCsv: () => void;
  children?: ReactNode;
}) {
  const counted = noun[of === 1 ? 0 : 1];
  return (
    <search className="mb-3 flex flex-wrap items-center gap-2">
      <Input
        type="search"
        aria-label={`Filter by ${hint}`}
        placeholder={`Filter by ${hint}`}
        value={text}
        onChange={(event) => onText(event.target.value)}
        className="w-full sm:w-64"
      />
      {children}
      <output className="text-mute text-xs">
        {shown === of ? `${of} ${counted}` : `${shown} of ${of} ${counted}`}
      </output>
      <Button size="sm" className="ml-auto" disabled={shown === 0} onClick={onCsv}>
        <Download aria-hidden="true" />
        Export CSV
      </Button>
    </search>
  );
}
