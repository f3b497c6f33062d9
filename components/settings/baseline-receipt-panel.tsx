import { Button } from "@/components/ui/button";
import { Table, Td, Th } from "@/components/ui/table";
import type { BaselineReceipt } from "@/lib/baselines/schema";
import { formatCount, formatShare, plural } from "@/lib/charts/format";

const MOST_LISTED = 50;

/** What the server made of a baseline: what it read, and row by row what it did not. */
export function BaselineReceiptPanel({
  receipt: { rows, labelled, features, rejected },
  onAgain,
}: {
  receipt: BaselineReceipt;
  onAgain: () => void;
}) {
  return (
    <div className="flex flex-col gap-3">
      <p role="status" className="verdict">
        The baseline is set: {plural(rows, "row")}, {plural(features.length, "feature")},{" "}
        {labelled === 0
          ? "without labels, so metrics have nothing to be compared with"
          : labelled === rows
            ? "all labelled"
            : `${formatCount(labelled)} labelled`}
        {rejected.length > 0 ? `; ${plural(rejected.length, "row was", "rows were")} rejected` : ""}.
      </p>
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
      {rejected.length > MOST_LISTED ? (
        <p className="text-mute text-xs">
          The first {MOST_LISTED} of {formatCount(rejected.length)} are listed.
        </p>
      ) : null}
      <Button className="w-fit" onClick={onAgain}>
        Set another baseline
      </Button>
    </div>
  );
}
