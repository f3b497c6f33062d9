import { infiniteQueryOptions } from "@tanstack/react-query";
import { recovering } from "@/lib/http/refresh";
import { apiUrl, request } from "@/lib/http/request";

const schemas = () => import("./schema");

/** The audit log, latest first; pages follow each other by cursor. */
export const auditQuery = () =>
  infiniteQueryOptions({
    queryKey: ["audit"],
    queryFn: ({ signal, pageParam }) =>
      request(async () => (await schemas()).AuditPage, apiUrl(["audit"], { cursor: pageParam }), { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    staleTime: 5_000,
    ...recovering,
  });
