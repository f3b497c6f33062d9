import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useDataSpan } from "@/components/report/use-data-span";
import type { VersionAddress } from "@/lib/models/address";
import { schemaQuery } from "@/lib/models/query";
import { predictionsQuery } from "@/lib/predictions/query";
import { type PredictionsView, pageParams } from "./view";

/** Rows come by the page; what has been logged since waits behind a button, so that nothing jumps under the eye. */
export function usePredictions(address: VersionAddress, view: PredictionsView) {
  const client = useQueryClient();
  const options = predictionsQuery(address, pageParams(view));
  const pages = useInfiniteQuery(options);
  const schema = useQuery(schemaQuery(address));
  const span = useDataSpan(address);

  const [seen, setSeen] = useState<number | null>(null);
  const settled = pages.dataUpdatedAt > 0 && !pages.isPlaceholderData;
  const key = JSON.stringify(options.queryKey);
  const counted = useRef("");
  useEffect(() => {
    // The count of the moment that these rows were asked for.
    if (!settled || span.rows === 0 || counted.current === key) return;
    counted.current = key;
    setSeen(span.rows);
  }, [settled, span.rows, key]);

  const renew = useCallback(async () => {
    setSeen(span.rows);
    await client.resetQueries({ queryKey: options.queryKey, exact: true });
  }, [client, options.queryKey, span.rows]);

  const rows = useMemo(() => pages.data?.pages.flatMap((page) => page.rows) ?? [], [pages.data]);
  const { hasNextPage, isFetching, isError, fetchNextPage } = pages;
  const searching = rows.length === 0 && hasNextPage && !isError;
  useEffect(() => {
    // Little matches: the server gives back what it has after a while, and the search goes on.
    if (searching && !isFetching) void fetchNextPage();
  }, [searching, isFetching, fetchNextPage]);

  return {
    pages,
    rows,
    schema,
    /** Nothing found yet, and not everything looked through. */
    searching,
    span: span.data,
    /** Rows logged since; 0 where the window or order would not show them anyway. */
    waiting: view.to === null && view.order === "desc" && seen !== null ? Math.max(0, span.rows - seen) : 0,
    renew,
  };
}
