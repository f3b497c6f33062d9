import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import type { VersionAddress } from "@/lib/models/address";
import { predictionsQuery } from "@/lib/predictions/query";
import type { LoggedPrediction } from "@/lib/predictions/schema";
import { qualityQuery } from "@/lib/quality/query";
import type { PredictionsView } from "./view";

/** Since ever: an id is found by its own index, whatever the window. */
const EVER = "1970-01-01T00:00:00Z";

/** The row that the URL names: among those on the page, else asked for by its id; and what is usual for its features. */
export function useOpenRow(
  address: VersionAddress,
  view: PredictionsView,
  { rows, loading }: { rows: readonly LoggedPrediction[]; loading: boolean },
) {
  const place = view.row === null ? -1 : rows.findIndex(({ id }) => id === view.row);
  const linked = useInfiniteQuery({
    ...predictionsQuery(address, { filter: [`id:eq:${view.row}`], from: EVER, limit: 1 }),
    enabled: view.row !== null && place < 0 && !loading,
    placeholderData: undefined,
  });
  const row = view.row === null ? undefined : (rows[place] ?? linked.data?.pages[0]?.rows[0]);
  const quality = useQuery({
    ...qualityQuery(address, { from: view.from, to: view.to }),
    enabled: row !== undefined,
    refetchInterval: false,
  });
  return {
    row,
    /** The link names a row that is not there, or no longer. */
    lost: view.row !== null && place < 0 && linked.isSuccess && row === undefined,
    quality: quality.data,
    above: place > 0 ? (rows[place - 1]?.id ?? null) : null,
    below: place >= 0 ? (rows[place + 1]?.id ?? null) : null,
  };
}
