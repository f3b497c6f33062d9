import type { Metadata } from "next";
import { createLoader, type SearchParams } from "nuqs/server";
import { NeedsRole } from "@/components/people/needs-role";
import { AuditQuery, listEvents } from "@/lib/audit/list";
import { auditQuery } from "@/lib/audit/query";
import { AuditPage as Events } from "@/lib/audit/schema";
import { Prefetched } from "../prefetched";
import { AuditView } from "./audit-view";
import { auditSearchParams } from "./search-params";

export const metadata: Metadata = { title: "Audit log" };

const loadView = createLoader(auditSearchParams);

export default async function AuditPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const filter = await loadView(searchParams);
  return (
    <>
      <h1 className="mb-2 text-base">Audit log</h1>
      <NeedsRole least="admin">
        <Prefetched
          scope="admin"
          load={(ask) =>
            ask({
              query: auditQuery(filter),
              reply: Events,
              verb: ({ db }) => listEvents(db, AuditQuery.parse(withoutEmpty(filter))),
            })
          }
        >
          <AuditView />
        </Prefetched>
      </NeedsRole>
    </>
  );
}

/** As the address of a request leaves them out. */
const withoutEmpty = (words: Record<string, string>) =>
  Object.fromEntries(Object.entries(words).filter(([, value]) => value !== ""));
