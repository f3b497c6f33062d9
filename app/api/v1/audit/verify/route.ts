import { AuditVerdict } from "@/lib/audit/schema";
import { verifyAudit } from "@/lib/audit/verify";
import { handle } from "@/lib/http/handle";

export const GET = handle(
  {
    method: "GET",
    path: "/api/v1/audit/verify",
    scope: "admin",
    summary: "Compute the chain of the audit log anew and name the first event that is not what was written",
    description:
      "npm run audit:verify asks the same. Keep the head that it gives outside the database: with it a chain that was written anew as a whole is noticed, too.",
    reply: AuditVerdict,
  },
  ({ runtime }) => verifyAudit(runtime.db),
);
