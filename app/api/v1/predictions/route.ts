import { z } from "zod";
import { handle } from "@/lib/http/handle";
import { parse } from "@/lib/http/parse";
import { authorizeModel } from "@/lib/http/principal";
import { recordPredictions } from "@/lib/ingest/predictions";
import { gateOf } from "@/lib/ingest/runtime";
import { recordStream } from "@/lib/ingest/stream";
import { PredictionBatch, PredictionReceipt, PredictionRow } from "@/lib/predictions/schema";
import { ModelName, VersionName } from "@/lib/wire";

const ASKS = { scope: "ingest", model: "body" } as const;

export const POST = handle(
  {
    method: "POST",
    path: "/api/v1/predictions",
    ...ASKS,
    summary: "Log predictions",
    description:
      "Answers row by row once the rows are committed. Sent again, a batch changes nothing: rows are recognised by version, id and timestamp. An unknown model or version is created and its feature schema inferred. NDJSON carries a row a line, of any number, with model and version in the query.",
    query: z.object({ model: ModelName.optional(), version: VersionName.optional() }),
    body: {
      "application/json": PredictionBatch.extend({ predictions: z.array(PredictionRow) }),
      "application/x-ndjson": PredictionRow,
    },
    reply: PredictionReceipt,
  },
  async ({ runtime, query, body, principal }) => {
    const gate = gateOf(runtime);
    if (body.mediaType === "application/json") {
      // Before the body is read. A stream waits for room instead: its sender is slowed down, not sent away.
      gate.check();
      const batch = parse(PredictionBatch, await body.json(), "body");
      authorizeModel(principal, ASKS, batch.model);
      return recordPredictions(gate, batch, { nowMs: Date.now() });
    }
    const at = parse(z.object({ model: ModelName, version: VersionName }), query, "query");
    authorizeModel(principal, ASKS, at.model);
    return recordStream(body.stream(), {
      record: (rows, index) =>
        recordPredictions(gate, { ...at, predictions: rows }, { nowMs: Date.now(), index }),
      room: () => gate.room(),
      add: (total, next) => ({
        ...total,
        accepted: total.accepted + next.accepted,
        duplicates: total.duplicates + next.duplicates,
      }),
    });
  },
);
