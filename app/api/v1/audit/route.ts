import { exportEvents } from "@/lib/audit/export";
import { AuditQuery, listEvents } from "@/lib/audit/list";
import { AuditEvent, AuditPage } from "@/lib/audit/schema";
import { handle } from "@/lib/http/handle";
import { streamText } from "@/lib/http/stream-text";

const MEDIA_TYPES = { csv: "text/csv; charset=utf-8; header=present", ndjson: "application/x-ndjson" };

export const GET = handle(
  {
    method: "GET",
    path: "/api/v1/audit",
    scope: "admin",
    summary: "Read who changed what, latest first, a page at a time or as CSV or NDJSON",
    description:
      "actor and subject match anywhere in the text, without regard to case; action is the whole word, or its first part with a dot at the end (key.). format=csv and format=ndjson stream every event of the filter in the same order.",
    query: AuditQuery,
    reply: { "application/json": AuditPage, "text/csv": null, "application/x-ndjson": AuditEvent },
  },
  async ({ runtime, query, signal }) => {
    const { format, ...filter } = query;
    if (format === "json") return Response.json(await listEvents(runtime.db, filter), { headers });
    return new Response(streamText(exportEvents(runtime.db, filter, { format, signal })), {
      headers: {
        ...headers,
        "content-type": MEDIA_TYPES[format],
        "content-disposition": `attachment; filename="audit-log.${format}"`,
      },
    });
  },
);

const headers = { "cache-control": "no-store", "x-content-type-options": "nosniff" };
