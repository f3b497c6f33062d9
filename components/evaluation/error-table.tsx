"use client";

import { Download } from "lucide-react";
import { useState } from "react";
import { saveFile } from "@/components/drift/save-file";
import { Button } from "@/components/ui/button";
import { Card, CardTitle } from "@/components/ui/card";
import { Table, Td, Th } from "@/components/ui/table";
import { toCsv } from "@/lib/charts/csv";
import { formatCount, formatScore, formatValue } from "@/lib/charts/format";
import type { EvaluationReport, WorstRow } from "@/lib/evaluate/schema";

const FIRST = 10;

/** What the dataset says of a row, for columns in their order. */
export type RowCells = { names: readonly string[]; cellsOf: (row: number) => readonly string[] };

/** The rows that the model got most wrong, with what it saw where the page knows. */
export function ErrorTable({ report, cells }: { report: EvaluationReport; cells?: RowCells | undefined }) {
  const [shown, setShown] = useState(FIRST);
  const { worst_rows: rows, task } = report;
  const write = (value: WorstRow["label"]) => (typeof value === "number" ? formatValue(value, 6) : value);
  const isScored = rows.some(({ score }) => score !== null);
  if (rows.length === 0) {
    return (
      <Card>
        <CardTitle>Where it errs most</CardTitle>
        <p className="text-sm">No row is wrong.</p>
      </Card>
    );
  }
  return (
    <Card>
      <CardTitle
        note={`the ${formatCount(rows.length)} worst rows`}
        action={
          <Button onClick={() => saveFile("wrong-rows.csv", "text/csv", csvOf(rows, cells))}>
            <Download aria-hidden="true" /> CSV
          </Button>
        }
      >
        Where it errs most
      </CardTitle>
      <Table label="The rows that the model got most wrong" className="w-auto min-w-96">
        <thead>
          <tr>
            <Th numeric>row</Th>
            <Th>really</Th>
            <Th>predicted</Th>
            {isScored ? <Th numeric>score</Th> : null}
            <Th numeric>{task === "regression" ? "off by" : "loss"}</Th>
            {cells?.names.map((name) => (
              <Th key={name}>{name}</Th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, shown).map((row) => (
            <tr key={row.row}>
              <Td numeric>{formatCount(row.row + 1)}</Td>
              <Td>{write(row.label)}</Td>
              <Td>{write(row.prediction)}</Td>
              {isScored ? <Td numeric>{formatScore(row.score)}</Td> : null}
              <Td numeric>{formatValue(row.loss)}</Td>
              {cells?.cellsOf(row.row).map((cell, i) => (
                <Td key={cells.names[i]} className="max-w-40 truncate whitespace-nowrap">
                  {cell}
                </Td>
              ))}
            </tr>
          ))}
        </tbody>
      </Table>
      {shown < rows.length ? (
        <Button size="sm" className="mt-2" onClick={() => setShown(rows.length)}>
          Show all {formatCount(rows.length)}
        </Button>
      ) : null}
    </Card>
  );
}

function csvOf(rows: readonly WorstRow[], cells: RowCells | undefined): string {
  return toCsv(
    ["row", "label", "prediction", "score", "loss", ...(cells?.names ?? [])],
    rows.map(({ row, label, prediction, score, loss }) => [
      row + 1,
      label,
      prediction,
      score,
      loss,
      ...(cells?.cellsOf(row) ?? []),
    ]),
  );
}
