import { type CsvCell, csvLines } from "@/lib/charts/csv";
import type { Database } from "@/lib/db/client";
import { searchRunInfos } from "@/lib/runs/search-runs";
import { fillRows, prepareBrowse, type RunsQuery } from "./browse";

const PAGE_ROWS = 500;

/** The runs of a search as CSV, piece by piece, in constant memory. */
export async function exportRuns(
  db: Database,
  request: RunsQuery & { experimentId: string },
  { signal }: { signal?: AbortSignal } = {},
): Promise<{ fileName: string; pieces: AsyncGenerator<string> }> {
  const { search, columns, name } = await prepareBrowse(db, request);
  async function* pieces(): AsyncGenerator<string> {
    yield csvLines([
      [
        "run_id",
        "run_name",
        "status",
        "user_id",
        "start_time",
        "end_time",
        "parent_run_id",
        ...columns.map(({ id }) => id),
      ],
    ]);
    let cursor: string | null = null;
    do {
      signal?.throwIfAborted();
      const page: Awaited<ReturnType<typeof searchRunInfos>> = await searchRunInfos(db, search, {
        maxResults: PAGE_ROWS,
        pageToken: cursor,
      });
      const rows = await fillRows(db, request.experimentId, page.rows, columns);
      if (rows.length > 0) {
        yield csvLines(
          rows.map((row): CsvCell[] => [
            row.run_id,
            row.run_name,
            row.status,
            row.user_id,
            row.start_time,
            row.end_time,
            row.parent_run_id,
            ...row.cells,
          ]),
        );
      }
      cursor = page.next_page_token;
    } while (cursor);
  }
  return { fileName: `${name.replace(/[^\w.-]+/g, "_")}-runs.csv`, pieces: pieces() };
}
