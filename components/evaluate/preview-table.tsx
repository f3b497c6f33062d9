import { Table, Td, Th } from "@/components/ui/table";
import { formatCount, formatValue } from "@/lib/charts/format";
import type { PreviewRow } from "@/lib/evaluate/worker-calls";

/** Columns beyond these are counted and not shown. */
const MOST_SHOWN = 40;

/** The first rows: what the data say, what the model reads of it, and what it answers. */
export function PreviewTable({ rows, label }: { rows: readonly PreviewRow[]; label: string | null }) {
  const all = Object.keys(rows[0]?.values ?? {});
  const features = all.slice(0, MOST_SHOWN);
  return (
    <div className="mt-3">
      <h3 className="mb-1 font-semibold text-sm">
        The first rows
        {all.length > MOST_SHOWN ? (
          <span className="ml-2 font-normal text-mute text-xs">
            the first {MOST_SHOWN} of {formatCount(all.length)} features
          </span>
        ) : null}
      </h3>
      <Table label="The first rows as the model reads them">
        <thead>
          <tr>
            {features.map((feature) => (
              <Th key={feature}>{feature}</Th>
            ))}
            <Th>the model reads</Th>
            <Th numeric>answers</Th>
            <Th>{label ?? "label"}</Th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ values, encoded, answer, refusal, label: truth }, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows of a file have no other name
            <tr key={place}>
              {features.map((feature) => (
                <Td key={feature} className="whitespace-nowrap">
                  {values[feature] === "" ? <span className="text-mute">missing</span> : values[feature]}
                </Td>
              ))}
              <Td className="font-mono text-2xs text-soft">
                <span className="block w-96">
                  {encoded
                    .slice(0, MOST_SHOWN)
                    .map((value) => (typeof value === "number" ? formatValue(value) : value))
                    .join("  ")}
                  {encoded.length > MOST_SHOWN ? ` … ${encoded.length - MOST_SHOWN} more` : ""}
                </span>
              </Td>
              <Td numeric>{refusal ? <span className="text-high">{refusal}</span> : answer}</Td>
              <Td>{truth === "" ? <span className="text-mute">missing</span> : truth}</Td>
            </tr>
          ))}
        </tbody>
      </Table>
    </div>
  );
}
