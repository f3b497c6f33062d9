import type { z } from "zod";
import { type Imported, ImportReceipt } from "@/lib/imports/schema";
import { Refused, type Remote } from "./remote";
import type { SourceRun } from "./source";

const API = "/api/2.0/mlflow";

export type Logged = {
  metrics: { key: string; value: number | string; timestamp: number; step: number }[];
  params: { key: string; value: string }[];
  tags: { key: string; value: string }[];
};

/** The Tidemark that things are brought to. */
export class Target {
  constructor(readonly remote: Remote) {}

  async put(item: z.input<typeof Imported>): Promise<ImportReceipt> {
    return ImportReceipt.parse(await this.remote.post("/api/v1/import", item));
  }

  /** What a run has here. */
  async run(runId: string): Promise<SourceRun> {
    return (await this.remote.get<{ run: SourceRun }>(`${API}/runs/get`, { run_id: runId })).run;
  }

  /** Logs what it is given; of a batch that is refused, each thing that is not. `refuse` hears of the others. */
  async log(runId: string, batch: Logged, refuse: (item: Partial<Logged>, why: string) => void) {
    try {
      await this.remote.post(`${API}/runs/log-batch`, { run_id: runId, ...batch });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const halves = halve(batch);
      if (!halves) return refuse(batch, error.message);
      for (const half of halves) await this.log(runId, half, refuse);
    }
  }

  async logInputs(runId: string, inputs: { datasets?: unknown[]; models?: { model_id: string }[] }) {
    await this.remote.post(`${API}/runs/log-inputs`, { run_id: runId, ...inputs });
  }

  async logOutputs(runId: string, models: { model_id: string; step: number }[]) {
    await this.remote.post(`${API}/runs/outputs`, { run_id: runId, models });
  }
}

/** null for a batch of one thing. */
function halve({ metrics, params, tags }: Logged): [Logged, Logged] | null {
  const all = metrics.length + params.length + tags.length;
  if (all < 2) return null;
  const half = <Item>(items: Item[], first: boolean) => {
    const middle = Math.ceil(items.length / 2);
    return first ? items.slice(0, middle) : items.slice(middle);
  };
  // Odd ones out would all stay in the first half for ever.
  if (metrics.length <= 1 && params.length <= 1 && tags.length <= 1) {
    return metrics.length > 0
      ? [
          { metrics, params: [], tags: [] },
          { metrics: [], params, tags },
        ]
      : [
          { metrics, params, tags: [] },
          { metrics, params: [], tags },
        ];
  }
  return [
    { metrics: half(metrics, true), params: half(params, true), tags: half(tags, true) },
    { metrics: half(metrics, false), params: half(params, false), tags: half(tags, false) },
  ];
}
