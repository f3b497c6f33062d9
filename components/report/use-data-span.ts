import { useQuery } from "@tanstack/react-query";
import type { VersionAddress } from "@/lib/models/address";
import { modelQuery } from "@/lib/models/query";
import { type DataSpan, dataSpan } from "./data-span";

/** From when to when a version has predictions; the header has asked for it already. */
export function useDataSpan({ model, version }: VersionAddress): DataSpan & {
  /** false while it is not known yet. */
  known: boolean;
} {
  const query = useQuery(modelQuery(model));
  return { known: query.data !== undefined || query.isError, ...dataSpan(query.data, version) };
}
