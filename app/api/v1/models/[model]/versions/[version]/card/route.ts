import { z } from "zod";
import { reportCard } from "@/lib/cards/report";
import { saveCard } from "@/lib/cards/save";
import { CardReply, CardSave } from "@/lib/cards/schema";
import { handle } from "@/lib/http/handle";
import { ModelName, VersionName } from "@/lib/wire";

const params = z.object({ model: ModelName, version: VersionName });
const path = "/api/v1/models/{model}/versions/{version}/card";

export const GET = handle(
  {
    method: "GET",
    path,
    scope: "read",
    summary: "The model card of a version, with its former revisions and what Tidemark knows for it",
    params,
    query: z.object({ revision: z.coerce.number().int().min(1).optional() }),
    reply: CardReply,
  },
  ({ runtime, params, query }) => reportCard(runtime.db, params, query),
);

export const PUT = handle(
  {
    method: "PUT",
    path,
    scope: "admin",
    role: "analyst",
    summary: "Save a revision of a version's model card",
    description:
      "The former revisions stay. 400 lists every problem with its line in `details`; 409 where another revision was saved after the one that was edited.",
    params,
    body: CardSave,
    reply: CardReply,
  },
  ({ runtime, params, body, principal }) => saveCard(runtime.db, params, body, principal.actor),
);
