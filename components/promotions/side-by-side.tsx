"use client";

import { useState } from "react";
import { Table, Td, Th } from "@/components/ui/table";
import { formatMetric, formatValue, NOTHING } from "@/lib/charts/format";
import type { SideBySide } from "@/lib/promotions/schema";

type Row = SideBySide["rows"][number];

/** Champion against challenger as of the day it was asked for; at first only what differs. */
export function SideBySideTables({
  sections,
  champion,
  challenger,
}: {
  sections: readonly SideBySide[];
  champion: string;
  challenger: string;
}) {
  const [all, setAll] = useState(false);
  const shown = sections
    .map((section) => ({ ...section, rows: section.rows.filter((row) => all || differs(row)) }))
    .filter(({ rows }) => rows.length > 0);
  return (
    <>
      <label className="mb-2 flex w-fit items-center gap-1.5">
        <input type="checkbox" checked={all} onChange={(event) => setAll(event.target.checked)} />
        Rows that are the same, too
      </label>
      {shown.length === 0 ? <p className="text-mute">Nothing that is known of them differs.</p> : null}
      {shown.map(({ title, note, rows }) => (
        <div key={title} className="mb-3 last:mb-0">
          <h3 className="mb-0.5 font-medium text-sm">
            {title} {note ? <span className="font-normal text-mute text-xs">{note}</span> : null}
          </h3>
          {rows.every((row) => row.challenger === null) ? (
            <p className="text-mute">Of version {challenger} nothing of this is known yet.</p>
          ) : (
            <Table label={title} className="table-fixed">
              <thead>
                <tr>
                  <Th className="w-[25%]">
                    <span className="sr-only">what</span>
                  </Th>
                  <Th className="w-[23%] whitespace-normal">champion {champion}</Th>
                  <Th className="w-[23%] whitespace-normal">challenger {challenger}</Th>
                  <Th className="w-[29%]">difference</Th>
                </tr>
              </thead>
              <tbody>
                {rows.map((row) => (
                  <tr key={row.name} className="last:*:border-0">
                    <Td className="break-words text-soft">{row.name}</Td>
                    <Td className="break-words">{show(row.champion)}</Td>
                    <Td className="break-words">{show(row.challenger)}</Td>
                    <Td className="break-words">
                      <Difference row={row} />
                    </Td>
                  </tr>
                ))}
              </tbody>
            </Table>
          )}
        </div>
      ))}
    </>
  );
}

const differs = ({ champion, challenger }: Row) => champion !== challenger;

const show = (value: Row["champion"]) =>
  value === null ? (
    <span className="text-mute">{NOTHING}</span>
  ) : typeof value === "number" ? (
    Number.isInteger(value) ? (
      formatValue(value)
    ) : (
      formatMetric(value)
    )
  ) : (
    value
  );

function Difference({ row: { champion, challenger, difference, better } }: { row: Row }) {
  const value =
    difference?.value ??
    (better !== null && typeof champion === "number" && typeof challenger === "number"
      ? challenger - champion
      : null);
  const interval = difference?.interval;
  const same = typeof champion === "number" && value !== 0 && show(champion) === show(challenger);
  if (same && !interval) return <span className="text-mute text-xs">the same, rounded</span>;
  const chance = interval != null && interval[0] <= 0 && interval[1] >= 0;
  return (
    <>
      {value === null ? null : `${value > 0 ? "+" : ""}${formatMetric(value)}`}
      {chance ? (
        <span className="ml-1.5 text-mute text-xs">within chance</span>
      ) : better ? (
        <span className={better === "challenger" ? "ml-1.5 text-good text-xs" : "ml-1.5 text-medium text-xs"}>
          {better === "challenger" ? "better" : "worse"}
        </span>
      ) : null}
      {interval ? (
        <span className="block text-mute text-xs">
          {formatMetric(interval[0])} to {formatMetric(interval[1])}
        </span>
      ) : null}
    </>
  );
}
