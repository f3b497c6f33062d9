"use client";

import { useQuery } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { ErrorState } from "@/components/ui/error-state";
import { Skeleton } from "@/components/ui/skeleton";
import { Table, Td, Th } from "@/components/ui/table";
import { formatValue } from "@/lib/charts/format";
import { filePreviewQuery, fileUrl } from "@/lib/run-files/query";
import type { RunFilePreview } from "@/lib/run-files/schema";

/** A file as text, table or picture. What could act on a page (HTML, SVG) is shown as the text that it is. */
export function FilePreview({ run, path, title }: { run: string; path: string; title?: string }) {
  const { data, error, refetch } = useQuery(filePreviewQuery(run, path));
  return (
    <Card>
      <div className="mb-2 flex flex-wrap items-center gap-2">
        <h2 className="min-w-0 break-all font-semibold text-sm">{title ?? path}</h2>
        <span className="text-mute text-xs">
          {data ? formatBytes(data.bytes) : ""}
          {data?.truncated ? ", the beginning is shown" : ""}
        </span>
        <Button size="sm" asChild className="ml-auto">
          <a href={fileUrl(run, path)} download>
            <Download aria-hidden="true" />
            Download
          </a>
        </Button>
      </div>
      {error ? <ErrorState what="The file could not be read" error={error} onRetry={refetch} /> : null}
      {!data && !error ? <Skeleton className="h-40 w-full" /> : null}
      {data ? <Contents run={run} preview={data} /> : null}
    </Card>
  );
}

function Contents({ run, preview }: { run: string; preview: RunFilePreview }) {
  const { kind, path, text, rows } = preview;
  if (kind === "image") {
    return (
      // biome-ignore lint/performance/noImgElement: bytes that a run left behind, of a size that only they know
      <img src={fileUrl(run, path)} alt={path} className="max-h-[70vh] max-w-full rounded-sm bg-white" />
    );
  }
  if (kind === "table" && rows) return <Rows path={path} rows={rows} />;
  if (text !== null) {
    return (
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
      <pre tabIndex={0} className="max-h-[70vh] overflow-auto rounded-md bg-side p-2.5 font-mono text-xs">
        {text === "" ? "(empty)" : text}
      </pre>
    );
  }
  return <p className="text-mute">This is no text, table or picture. Download it to look into it.</p>;
}

function Rows({ path, rows }: { path: string; rows: readonly string[][] }) {
  const [header = [], ...body] = rows;
  // biome-ignore-start lint/suspicious/noArrayIndexKey: a file's cells have no name but their place
  return (
    <div className="max-h-[70vh] overflow-auto">
      <Table label={path} className="w-auto">
        <thead>
          <tr>
            {header.map((name, place) => (
              <Th key={place} numeric={isNumeric(body[0]?.[place])}>
                {name}
              </Th>
            ))}
          </tr>
        </thead>
        <tbody>
          {body.map((row, line) => (
            <tr key={line}>
              {row.map((cell, place) => (
                <Td key={place} numeric={isNumeric(cell)}>
                  {cell}
                </Td>
              ))}
            </tr>
          ))}
        </tbody>
      </Table>
    </div>
  );
  // biome-ignore-end lint/suspicious/noArrayIndexKey: as above
}

const isNumeric = (cell = "") => cell !== "" && Number.isFinite(Number(cell));

/** 1536 → "1.5 kB" */
export function formatBytes(bytes: number | null): string {
  if (bytes === null) return "";
  for (const [unit, name] of [
    [1e9, "GB"],
    [1e6, "MB"],
    [1e3, "kB"],
  ] as const) {
    if (bytes >= unit) return `${formatValue(bytes / unit, 2)} ${name}`;
  }
  return `${bytes} B`;
}
