import { AuditQuery, listEvents } from "@/lib/audit/list";
import { AuditPage } from "@/lib/audit/schema";
import { handle } from "@/lib/http/handle";

export const GET = handle(
  {
    method: "GET",
    path: "/api/v1/audit",
    scope: "admin",
    summary: "Read who changed what, latest first",
    query: AuditQuery,
    reply: AuditPage,
  },
  ({ runtime, query }) => listEvents(runtime.db, query),
);
