import Link from "next/link";
import { Fragment } from "react";
import { cn } from "@/components/ui/cn";
import { Table, Td, Th } from "@/components/ui/table";
import { formatTime, formatValue } from "@/lib/charts/format";
import type { ComparedRow, Comparison } from "@/lib/comparison/schema";
import { versionHref } from "@/lib/models/address";
import { actorWords } from "@/lib/registry/change-words";

const RUN_ROW = "run";

/** A row a fact, a column a version; what differs is marked, and the best of what can be better. */
export function ComparisonTable({
  comparison: { model, versions, sections },
  onlyDifferences,
}: {
  comparison: Comparison;
  onlyDifferences: boolean;
}) {
  return (
    <div className="rounded-lg border border-line bg-card px-2 pb-1">
      <Table label="Versions side by side">
        <thead>
          <tr>
            <Th className="sticky left-0 bg-card">
              <span className="sr-only">fact</span>
            </Th>
            {versions.map(({ version }) => (
              <Th key={version}>
                <Link href={versionHref({ model, version })} className="link">
                  version {version}
                </Link>
              </Th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sections.map(({ title, note, rows }) => {
            const shown = onlyDifferences ? rows.filter(({ differs }) => differs) : rows;
            const left = rows.length - shown.length;
            return (
              <Fragment key={title}>
                <tr>
                  <th
                    scope="rowgroup"
                    colSpan={versions.length + 1}
                    className="px-1.5 pt-4 pb-1 text-left font-semibold"
                  >
                    {title}{" "}
                    <span className="font-normal text-mute text-xs">
                      {[note, left > 0 ? `${left} the same, left out` : null].filter(Boolean).join("; ")}
                    </span>
                  </th>
                </tr>
                {shown.map((row) => (
                  <tr key={row.name}>
                    <th
                      scope="row"
                      className="sticky left-0 max-w-40 break-words border-line-soft border-b bg-card px-1.5 py-1.5 text-left align-top font-normal text-mute sm:max-w-60"
                    >
                      {row.name}
                      {row.differs ? (
                        <>
                          <span aria-hidden="true" className="ml-1.5 text-warn" title="differs">
                            ≠
                          </span>
                          <span className="sr-only">, differs</span>
                        </>
                      ) : null}
                    </th>
                    {row.values.map((value, place) => (
                      <Td
                        key={versions[place]!.version}
                        className={cn("min-w-28 max-w-md break-words", !row.differs && "text-soft")}
                      >
                        <Value
                          row={row}
                          value={value}
                          runId={
                            title === "Registry" && row.name === RUN_ROW ? versions[place]!.run_id : null
                          }
                        />
                        {row.best.includes(place) ? (
                          <strong className="ml-1.5 font-semibold text-xs">best</strong>
                        ) : null}
                      </Td>
                    ))}
                  </tr>
                ))}
              </Fragment>
            );
          })}
        </tbody>
      </Table>
    </div>
  );
}

function Value({
  row,
  value,
  runId,
}: {
  row: ComparedRow;
  value: string | number | null;
  runId: string | null;
}) {
  if (value === null) return <span className="text-mute">–</span>;
  if (runId !== null) {
    return (
      <Link href={`/runs/${encodeURIComponent(runId)}`} prefetch={false} className="link">
        {value}
      </Link>
    );
  }
  if (typeof value === "number")
    return Number.isInteger(value) ? value.toLocaleString("en-US") : formatValue(value, 5);
  if (row.name === "created") return formatTime(value);
  return row.name === "owner" ? actorWords(value) : value;
}
