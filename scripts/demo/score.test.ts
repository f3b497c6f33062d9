import { describe, expect, it } from "vitest";
import type { FlightFeatures } from "./flights";
import { INPUTS, prepareInputs, readModelFile } from "./model-file";
import { quality } from "./quality";
import { loadScorer } from "./score";

const flights: { features: FlightFeatures }[] = [
  [18, 733, "LGA", "ORD", 42.3],
  [7, 236, "ORD", "DTW", null],
  [0, 1797, "LAX", "ATL", -8],
  [23, 404, "???", "MCO", 1_000],
].map(([departure_hour, distance, origin, destination, recent_delay_at_origin]) => ({
  features: { departure_hour, distance, origin, destination, recent_delay_at_origin } as FlightFeatures,
}));

describe("the committed models", () => {
  it.each(["1", "2"] as const)("version %s loads and gives probabilities and a latency", async (version) => {
    const scorer = await loadScorer(version);
    const scored = scorer.score(flights);
    expect(scored).toHaveLength(flights.length);
    for (const { score, prediction, latency_ms } of scored) {
      expect(score).toBeGreaterThan(0);
      expect(score).toBeLessThan(1);
      expect(prediction).toBe(score >= scorer.threshold ? "late" : "on_time");
      expect(latency_ms).toBeGreaterThan(0);
    }
    expect(scorer.score([])).toEqual([]);
  });

  it("version 1 is the logistic function of its weights and inputs", async () => {
    const { preprocessing, data } = readModelFile("1");
    const weights = new Float32Array(Uint8Array.from(Buffer.from(data, "base64")).buffer);
    const scored = (await loadScorer("1")).score(flights);
    flights.forEach(({ features }, row) => {
      const inputs = new Float32Array(INPUTS);
      prepareInputs(features, preprocessing, inputs, 0);
      const z = inputs.reduce((sum, input, i) => sum + input * weights[i]!, weights[INPUTS]!);
      expect(scored[row]!.score).toBeCloseTo(1 / (1 + Math.exp(-z)), 5);
    });
  });

  it("scores a flight the same alone and in a batch", async () => {
    const scorer = await loadScorer("2");
    const together = scorer.score(flights).map(({ score }) => score);
    const alone = flights.map((flight) => scorer.score([flight])[0]!.score);
    together.forEach((score, row) => {
      expect(alone[row]).toBeCloseTo(score, 5);
    });
  });

  it("thinks a flight out of a delayed airport more likely to be late", async () => {
    for (const version of ["1", "2"] as const) {
      const scorer = await loadScorer(version);
      const [calm, storm] = scorer.score(
        [0, 60].map((recent_delay_at_origin) => ({
          features: { ...flights[0]!.features, recent_delay_at_origin },
        })),
      );
      expect(storm!.score).toBeGreaterThan(calm!.score);
    }
  });
});

describe("the inputs", () => {
  it("mark a missing recent delay, take the hour as one of 24, and know an unseen airport as an average one", () => {
    const { preprocessing } = readModelFile("1");
    const inputs = new Float32Array(INPUTS);
    prepareInputs(flights[1]!.features, preprocessing, inputs, 0);
    expect([inputs[0], inputs[1]]).toEqual([0, 1]);
    expect(inputs.slice(3, 27).indexOf(1)).toBe(7);
    prepareInputs(flights[3]!.features, preprocessing, inputs, 0);
    expect(inputs[1]).toBe(0);
    expect(inputs[27]).toBeCloseTo(preprocessing.origin.other, 6);
  });
});

describe("quality", () => {
  it("is what hand arithmetic gives", () => {
    // pairs late over on time: 0.8>0.6, 0.8>0.2, 0.4<0.6, 0.4>0.2: 3 of 4
    const { auc, brier, logLoss, accuracy, lateShare } = quality(
      Float32Array.of(0.8, 0.6, 0.4, 0.2),
      Uint8Array.of(1, 0, 1, 0),
      0.5,
    );
    expect(auc).toBe(0.75);
    expect(brier).toBeCloseTo((0.04 + 0.36 + 0.36 + 0.04) / 4, 6);
    expect(logLoss).toBeCloseTo(-(2 * Math.log(0.8) + 2 * Math.log(0.4)) / 4, 6);
    expect(accuracy).toBe(0.5);
    expect(lateShare).toBe(0.5);
  });

  it("has no AUC when only one class was seen, and one half when all scores are equal", () => {
    expect(quality(Float32Array.of(0.1, 0.2), Uint8Array.of(0, 0), 0.5).auc).toBeNull();
    expect(quality(Float32Array.of(0.1, 0.1), Uint8Array.of(0, 1), 0.5).auc).toBe(0.5);
  });
});
