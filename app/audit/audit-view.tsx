"use client";

import { useQueryStates } from "nuqs";
import { AuditPanel } from "@/components/audit/audit-panel";
import { auditSearchParams } from "./search-params";

export function AuditView() {
  const [filter, setFilter] = useQueryStates(auditSearchParams, { history: "replace" });
  return <AuditPanel filter={filter} onFilter={setFilter} />;
}
