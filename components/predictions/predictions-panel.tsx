"use client";

import { ArrowUp, Download } from "lucide-react";
import dynamic from "next/dynamic";
import type { ChangeView } from "@/components/report/view";
import { WindowControl } from "@/components/report/window-control";
import { PageControls } from "@/components/shell/page-controls";
import { Button } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";
import { plural } from "@/lib/charts/format";
import type { VersionAddress } from "@/lib/models/address";
import { prepareChoices } from "@/lib/predictions/filter-words";
import { predictionsUrl } from "@/lib/predictions/query";
import { FilterBar } from "./filter-bar";
import { PredictionTable } from "./prediction-table";
import { NoMatch, NothingLogged } from "./predictions-empty";
import { PredictionsSkeleton } from "./predictions-skeleton";
import { useOpenRow } from "./use-open-row";
import { usePredictions } from "./use-predictions";
import { type PredictionsView, paramsOf } from "./view";

const RowDrawer = dynamic(() => import("./row-drawer").then((module) => module.RowDrawer), { ssr: false });

/** The raw rows: filtered, scrolled through, opened one by one, taken away as CSV. */
export function PredictionsPanel({
  address,
  view,
  onChange,
}: {
  address: VersionAddress;
  view: PredictionsView;
  onChange: ChangeView<PredictionsView>;
}) {
  const { pages, rows, schema, span, waiting, renew, searching } = usePredictions(address, view);
  const open = useOpenRow(address, view, { rows, loading: pages.isPending });
  const show = (row: string | null) => (row === null ? null : () => onChange({ row }));
  const error = pages.error ?? schema.error;
  const chosen = view.from && view.to ? { from: view.from, to: view.to } : null;
  const ready = schema.data && pages.data;
  return (
    <>
      <PageControls>
        <WindowControl
          window={chosen}
          chosen={chosen !== null}
          latest="Latest 7 days"
          data={span}
          onChange={(next) => onChange({ from: next?.from ?? null, to: next?.to ?? null })}
        />
      </PageControls>
      {error ? (
        <ErrorState
          className="mb-3"
          what="Predictions could not be loaded"
          error={error}
          onRetry={() => (pages.error ? pages.refetch() : schema.refetch())}
          stale={rows.length > 0}
        />
      ) : null}
      {schema.data ? (
        <FilterBar
          view={view}
          choices={prepareChoices(schema.data)}
          task={schema.data.task}
          onChange={onChange}
        />
      ) : null}
      {!ready && !error ? <PredictionsSkeleton /> : null}
      {ready && rows.length > 0 ? (
        <>
          <div className="mb-2 flex min-h-7 flex-wrap items-center gap-x-3 gap-y-1.5 text-mute">
            <p role="status">
              {plural(rows.length, "row")} {pages.hasNextPage ? "so far" : "in all"}
              {searching ? ", searching on …" : ""}
            </p>
            {waiting > 0 ? (
              <Button size="sm" onClick={renew}>
                <ArrowUp aria-hidden="true" />
                {plural(waiting, "new row")}
              </Button>
            ) : null}
            <Button size="sm" asChild className="ml-auto">
              <a href={predictionsUrl(address, { ...paramsOf(view), format: "csv" })} download>
                <Download aria-hidden="true" />
                CSV
              </a>
            </Button>
          </div>
          <div
            aria-busy={pages.isPlaceholderData}
            className={pages.isPlaceholderData ? "opacity-60" : undefined}
          >
            <PredictionTable
              key={JSON.stringify(paramsOf(view))}
              rows={rows}
              schema={schema.data}
              open={view.row}
              onOpen={(row) => onChange({ row })}
              more={pages.hasNextPage && !pages.isFetchingNextPage && !pages.isError}
              fetchMore={pages.fetchNextPage}
            />
          </div>
        </>
      ) : null}
      {ready && rows.length === 0 && !searching ? (
        span === null ? (
          <NothingLogged address={address} />
        ) : (
          <NoMatch view={view} onChange={onChange} />
        )
      ) : null}
      {ready && rows.length === 0 && searching ? <p role="status">Searching on …</p> : null}
      {open.lost ? (
        <p role="status" className="mt-2 text-mute">
          The link names the prediction “{view.row}”, which is not among this version's rows.
        </p>
      ) : null}
      {open.row ? (
        <RowDrawer
          row={open.row}
          quality={open.quality}
          address={address}
          onStep={{ up: show(open.above), down: show(open.below) }}
          onClose={() => onChange({ row: null })}
        />
      ) : null}
    </>
  );
}
