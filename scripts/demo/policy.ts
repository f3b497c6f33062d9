import { MODEL } from "./flights";

/** What a version has to show before somebody else than who asks lets it into Production. */
export const GATES = [
  { kind: "evidence", max_age_days: 30 },
  { kind: "metric", metric: "auc", source: "evidence", at_least: 0.66 },
  { kind: "champion", metric: "auc", absolute: 0.01, judge_by: "interval" },
  { kind: "metric", metric: "log_loss", source: "evidence", at_most: 0.52 },
  { kind: "card", thresholds: true },
];

/** Protects Production of the demo's model, unless somebody has set a policy already. */
export async function protectProduction({ url, apiKey }: { url: string; apiKey: string }): Promise<void> {
  const address = `${url}/api/v1/models/${MODEL}/policy`;
  const headers = { authorization: `Bearer ${apiKey}`, "content-type": "application/json" };
  const held = await fetch(address, { headers });
  if (!held.ok) throw new Error(`the policy of ${MODEL}: ${held.status} ${await held.text()}`);
  const { revision } = (await held.json()) as { revision: number };
  if (revision > 0) return;
  const saved = await fetch(address, {
    method: "PUT",
    headers,
    body: JSON.stringify({
      revision,
      targets: [{ kind: "stage", name: "Production", approvals: 1, gates: GATES }],
      why: "the demo's: ranking and calibration on flights held out, not worse than the champion, a card that is complete",
    }),
  });
  if (!saved.ok) throw new Error(`the policy of ${MODEL}: ${saved.status} ${await saved.text()}`);
}
