import { Button } from "@/components/ui/button";
import { Table, Td, Th } from "@/components/ui/table";
import type { BaselineReceipt } from "@/lib/baselines/schema";
import { formatCount, formatShare, plural } from "@/lib/charts/format";

const MOST_LISTED = 50;

/** What the server made of a baseline: what it read, and row by row what it did not. */
export function BaselineReceiptPanel({
  receipt: { rows, labelled, features, rejected, rejected_total, notes },
  onAgain,
}: {
  receipt: BaselineReceipt;
  onAgain: () => void;
}) {
  const refused = rejected_total ?? rejected.length;
  return (
    <div className="flex flex-col gap-3">
      <p role="status" className="verdict">
        The baseline is set: {plural(rows, "row")}, {plural(features.length, "feature")},{" "}
        {labelled === 0
          ? "without labels, so metrics have nothing to be compared with"
          : labelled === rows
            ? "all labelled"
            : `${formatCount(labelled)} labelled`}
        {refused > 0 ? `; ${plural(refused, "row was", "rows were")} rejected` : ""}.
      </p>
      {notes.length > 0 ? (
        <ul className="list-disc space-y-0.5 pl-5 text-soft">
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      ) : null}
      <Table label="Features of the baseline">
        <thead>
          <tr>
            <Th>feature</Th>
            <Th>type</Th>
            <Th numeric>missing</Th>
          </tr>
        </thead>
        <tbody>
          {features.map(({ name, type, missing }) => (
            <tr key={name}>
              <Td>{name}</Td>
              <Td>{type ?? "only missing values"}</Td>
              <Td numeric>
                {formatCount(missing)}
                <span className="text-mute"> ({formatShare(rows > 0 ? missing / rows : null)})</span>
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
      {rejected.length > 0 ? (
        <Table label="Rejected rows">
          <thead>
            <tr>
              <Th numeric>row</Th>
              <Th>id</Th>
              <Th>why it was rejected</Th>
            </tr>
          </thead>
          <tbody>
            {rejected.slice(0, MOST_LISTED).map(({ index, id, error }) => (
              <tr key={index}>
                <Td numeric>{formatCount(index)}</Td>
                <Td>{id ?? "–"}</Td>
                <Td>{error}</Td>
              </tr>
            ))}
          </tbody>
        </Table>
      ) : null}
      {refused > Math.min(rejected.length, MOST_LISTED) ? (
        <p className="text-mute text-xs">
          The first {Math.min(rejected.length, MOST_LISTED)} of {formatCount(refused)} are listed.
        </p>
      ) : null}
      <Button className="w-fit" onClick={onAgain}>
        Set another baseline
      </Button>
    </div>
  );
}
