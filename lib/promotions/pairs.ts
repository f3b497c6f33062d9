import { evaluationColumn } from "@/lib/datasets/columns";
import { openDataset } from "@/lib/datasets/describe";
import { readDataset } from "@/lib/datasets/read";
import { TidemarkError } from "@/lib/errors";
import { compareOutcomes } from "@/lib/evaluate/compare";
import type { EvaluationColumn, Outcomes } from "@/lib/evaluate/input";
import { rowsOfSlice } from "@/lib/evaluate/slices";
import { readOutcome } from "@/lib/evaluations/describe";
import type { VersionAt } from "@/lib/registry/versions";
import { sliceWords } from "./gate-words";
import type { From } from "./gather";
import { type Evidence, type Pair, type PairedMetrics, pairKey } from "./inputs";
import { findSlice } from "./judge-evaluation";

/** Evaluations never change, so that what was compared once stays as it is. */
const kept = new Map<string, PairedMetrics>();
const MOST_KEPT = 2000;

/**
 * Row by row, what each pair of evaluations differs by. What cannot be compared says why, and fails its gate.
 * Reads both outcomes once, and the dataset once where slices are asked for.
 */
export async function comparePairs(
  from: From,
  pairs: readonly Pair[],
  { model, evidence }: { model: string; evidence: ReadonlyMap<string, Evidence> },
): Promise<Map<string, PairedMetrics>> {
  const reading = new Reading(from, model, evidence);
  const results = new Map<string, PairedMetrics>();
  for (const pair of pairs) {
    const key = pairKey(pair);
    const known = kept.get(key) ?? (await compare(reading, pair));
    results.set(key, known);
    if ("why" in known) continue;
    kept.delete(key);
    kept.set(key, known);
    if (kept.size > MOST_KEPT) kept.delete(kept.keys().next().value!);
  }
  return results;
}

async function compare(reading: Reading, pair: Pair): Promise<PairedMetrics> {
  try {
    const [champion, challenger] = [
      await reading.outcome(pair.champion),
      await reading.outcome(pair.challenger),
    ];
    const rows = pair.slice ? await reading.rows(pair.challenger, pair.slice) : null;
    const { metrics, n } = compareOutcomes({
      champion: only(champion, rows),
      challenger: only(challenger, rows),
    });
    return {
      metrics: Object.fromEntries(
        Object.entries(metrics).map(([name, each]) => [
          name,
          {
            champion: each.champion,
            challenger: each.challenger,
            difference: each.difference,
            better: each.better,
            n,
          },
        ]),
      ),
    };
  } catch (error) {
    if (error instanceof TidemarkError) return { why: error.message };
    throw error;
  }
}

/** Rows that do not count have no label. */
function only(outcome: Outcomes, rows: Uint8Array | null): Outcomes {
  if (!rows) return outcome;
  return { ...outcome, labels: outcome.labels.map((label, row) => (rows[row] ? label : Number.NaN)) };
}

/** What was read for one judgement: each file once. */
class Reading {
  private readonly outcomes = new Map<string, Promise<Outcomes>>();
  private readonly columns = new Map<string, Promise<EvaluationColumn[]>>();

  constructor(
    private readonly from: From,
    private readonly model: string,
    private readonly evidence: ReadonlyMap<string, Evidence>,
  ) {}

  outcome(id: string): Promise<Outcomes> {
    const { version } = this.evidence.get(id)!;
    const at: VersionAt & { id: string } = { model: this.model, version, id };
    const found = this.outcomes.get(id) ?? readOutcome(this.from, at);
    this.outcomes.set(id, found);
    return found;
  }

  /** @throws TidemarkError where the report has no such slice, or the dataset is not registered */
  async rows(id: string, choice: NonNullable<Pair["slice"]>): Promise<Uint8Array> {
    const { report, dataset } = this.evidence.get(id)!;
    // The report knows where a range of numbers begins and ends.
    const slice = findSlice(report, choice);
    if (!slice)
      throw new TidemarkError(
        "not_found",
        `the evidence has no slice ${sliceWords(choice)}: evaluate with it among the slices`,
      );
    const columns = this.columns.get(dataset) ?? this.read(dataset);
    this.columns.set(dataset, columns);
    return rowsOfSlice(await columns, slice.slice);
  }

  private async read(sha256: string): Promise<EvaluationColumn[]> {
    const { dataset, stream } = await openDataset(this.from, { model: this.model, sha256 });
    const { table } = await readDataset(dataset.name, stream);
    return table.columns.map(evaluationColumn);
  }
}
