import { infiniteQueryOptions } from "@tanstack/react-query";
import { recovering } from "@/lib/http/refresh";
import { apiUrl, request } from "@/lib/http/request";

/** Conditions as an address holds them. */
export type AuditWords = { actor?: string; action?: string; subject?: string; from?: string; to?: string };

const schemas = () => import("./schema");

/** The audit log, latest first; pages follow each other by cursor. */
export const auditQuery = (filter: AuditWords = {}) =>
  infiniteQueryOptions({
    queryKey: ["audit", filter],
    queryFn: ({ signal, pageParam }) =>
      request(async () => (await schemas()).AuditPage, apiUrl(["audit"], { ...filter, cursor: pageParam }), {
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    staleTime: 5_000,
    ...recovering,
  });

export const verifyAudit = () =>
  request(async () => (await schemas()).AuditVerdict, apiUrl(["audit", "verify"]));
