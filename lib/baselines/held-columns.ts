import { LABEL, PREDICTION, SCORE } from "@/lib/models/store";
import { type BaselinePerformance, measureBaseline } from "@/lib/performance/baseline";
import type { Measure } from "@/lib/performance/outcome";
import { describeColumn } from "./describe";
import type { BaselineFeature } from "./store";

/** A baseline's columns in row order, wherever they are held: NaN = missing, words as codes. */
export type BaselineColumns = {
  describe(featureId: number, coded: boolean): Promise<BaselineFeature>;
  /** Some of a column's values, float64 little-endian. */
  piece(featureId: number, fromRow: number, toRow: number): Promise<Uint8Array>;
  measure(how: Measure | null, sizes: { n: number; chunkSize: number }): Promise<BaselinePerformance>;
};

/** Columns in this process. */
export class HeldColumns implements BaselineColumns {
  constructor(readonly columns: ReadonlyMap<number, Float64Array>) {}

  async describe(featureId: number, coded: boolean): Promise<BaselineFeature> {
    return describeColumn(featureId, this.columns.get(featureId)!, coded);
  }

  async piece(featureId: number, fromRow: number, toRow: number): Promise<Uint8Array> {
    const part = this.columns.get(featureId)!.subarray(fromRow, toRow);
    return new Uint8Array(part.buffer, part.byteOffset, part.byteLength);
  }

  async measure(how: Measure | null, sizes: { n: number; chunkSize: number }): Promise<BaselinePerformance> {
    const of = (featureId: number) => this.columns.get(featureId) ?? null;
    return measureBaseline(how, { prediction: of(PREDICTION), score: of(SCORE), label: of(LABEL) }, sizes);
  }

  /** Mean score of the rows predicted as each class, by code; empty without scores or predictions. */
  async classScores(): Promise<[code: number, mean: number][]> {
    const [prediction, score] = [this.columns.get(PREDICTION), this.columns.get(SCORE)];
    if (!prediction || !score) return [];
    const sums: number[] = [];
    const counts: number[] = [];
    for (let i = 0; i < prediction.length; i++) {
      const code = prediction[i]!;
      if (Number.isNaN(code) || Number.isNaN(score[i]!)) continue;
      sums[code] = (sums[code] ?? 0) + score[i]!;
      counts[code] = (counts[code] ?? 0) + 1;
    }
    return Object.keys(sums).map((key) => [Number(key), sums[Number(key)]! / counts[Number(key)]!]);
  }
}
