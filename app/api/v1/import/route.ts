import { handle } from "@/lib/http/handle";
import { recordImport } from "@/lib/imports/record";
import { Imported, ImportReceipt } from "@/lib/imports/schema";

export const POST = handle(
  {
    method: "POST",
    path: "/api/v1/import",
    scope: "admin",
    summary: "Take over one thing of another tracking server, under its own id and times",
    description:
      "What `npm run import -- mlflow` sends beside MLflow's own protocol. What is here already stays as it is: a thing may be sent again.",
    body: Imported,
    reply: ImportReceipt,
  },
  ({ runtime, body, principal }) => recordImport(runtime.db, body, principal.actor),
);
