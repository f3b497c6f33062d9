import { z } from "zod";
import { handle } from "@/lib/http/handle";
import { parse } from "@/lib/http/parse";
import { authorizeModel } from "@/lib/http/principal";
import { recordLabels } from "@/lib/ingest/labels";
import { gateOf } from "@/lib/ingest/runtime";
import { recordStream } from "@/lib/ingest/stream";
import { LabelBatch, LabelReceipt, LabelRow } from "@/lib/truth/schema";
import { ModelName } from "@/lib/wire";

const ASKS = { scope: "ingest", model: "body" } as const;

export const POST = handle(
  {
    method: "POST",
    path: "/api/v1/ground-truth",
    ...ASKS,
    summary: "Log what really happened",
    description:
      "Labels belong to the model: every version that predicted the id is scored. A label may come before its prediction (counted as unmatched, and joined later); of several for one id the one with the latest timestamp counts. NDJSON carries a label a line, with the model in the query.",
    query: z.object({ model: ModelName.optional() }),
    body: {
      "application/json": LabelBatch.extend({ labels: z.array(LabelRow) }),
      "application/x-ndjson": LabelRow,
    },
    reply: LabelReceipt,
  },
  async ({ runtime, query, body, principal }) => {
    const gate = gateOf(runtime);
    if (body.mediaType === "application/json") {
      // Before the body is read. A stream waits for room instead: its sender is slowed down, not sent away.
      gate.check();
      const batch = parse(LabelBatch, await body.json(), "body");
      authorizeModel(principal, ASKS, batch.model);
      return recordLabels(gate, batch, { nowMs: Date.now() });
    }
    const { model } = parse(z.object({ model: ModelName }), query, "query");
    authorizeModel(principal, ASKS, model);
    return recordStream(body.stream(), {
      record: (rows, index) => recordLabels(gate, { model, labels: rows }, { nowMs: Date.now(), index }),
      room: () => gate.room(),
      add: (total, next) => ({
        ...total,
        accepted: total.accepted + next.accepted,
        unmatched: total.unmatched + next.unmatched,
      }),
    });
  },
);
