import type { Metadata } from "next";
import { AuditPanel } from "@/components/audit/audit-panel";

export const metadata: Metadata = { title: "Audit log" };

export default function AuditPage() {
  return (
    <>
      <h1 className="mb-2 text-base">Audit log</h1>
      <AuditPanel />
    </>
  );
}
