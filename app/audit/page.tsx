import type { Metadata } from "next";
import { AuditPanel } from "@/components/audit/audit-panel";
import { AuditQuery, listEvents } from "@/lib/audit/list";
import { auditQuery } from "@/lib/audit/query";
import { AuditPage as Events } from "@/lib/audit/schema";
import { Prefetched } from "../prefetched";

export const metadata: Metadata = { title: "Audit log" };

export default function AuditPage() {
  return (
    <>
      <h1 className="mb-2 text-base">Audit log</h1>
      <Prefetched
        scope="admin"
        load={(ask) =>
          ask({
            query: auditQuery(),
            reply: Events,
            verb: ({ db }) => listEvents(db, AuditQuery.parse({})),
          })
        }
      >
        <AuditPanel />
      </Prefetched>
    </>
  );
}
