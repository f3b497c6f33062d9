import { Promotion } from "@/lib/promotions/schema";
import { evaluateAndSave, untilRepeated } from "../evaluate/evaluate";
import { Refused, TidemarkClient } from "../tidemark-client";
import type { Where } from "../where";
import { MODEL } from "./flights";
import type { DemoVersion } from "./model-file";

const ALREADY_ASKED = 409;

/** Evaluates both versions on the held-out flights and asks for the second one's promotion, for a reviewer to decide. */
export async function askWithEvidence(
  where: Where,
  { dataset, versions, signal }: { dataset: string; versions: readonly DemoVersion[]; signal?: AbortSignal },
): Promise<void> {
  const client = new TidemarkClient(where);
  for (const version of versions) {
    signal?.throwIfAborted();
    await untilRepeated(
      client,
      await evaluateAndSave(client, { model: MODEL, version, dataset, groups: "region" }),
    );
  }
  const json = {
    model: MODEL,
    version: "2",
    target: { kind: "stage", name: "Production" },
    reason: "The perceptron against the logistic regression, on flights of June that neither has seen.",
  };
  await client.call(Promotion, "/api/v1/promotions", { method: "POST", json }).catch((error: unknown) => {
    if (!(error instanceof Refused && error.status === ALREADY_ASKED)) throw error;
  });
}
