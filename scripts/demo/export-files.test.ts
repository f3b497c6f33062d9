import { expect, test } from "vitest";
import { openInNode } from "@/lib/evaluate/engine-node";
import type { EvaluationColumn } from "@/lib/evaluate/input";
import { InputMapping } from "@/lib/evaluate/input-mapping";
import { readModel } from "@/lib/evaluate/read-model";
import { scoreRows } from "@/lib/evaluate/score-rows";
import { exportFiles } from "./export-files";
import type { FlightFeatures } from "./flights";
import { readModelFile } from "./model-file";
import { loadScorer } from "./score";

const words = (name: string, values: readonly string[]): EvaluationColumn => {
  const dictionary = [...new Set(values)];
  return {
    kind: "categorical",
    name,
    dictionary,
    codes: Int32Array.from(values, (word) => dictionary.indexOf(word)),
  };
};
const numbers = (name: string, values: readonly (number | null)[]): EvaluationColumn => ({
  kind: "numerical",
  name,
  values: Float64Array.from(values, (value) => value ?? Number.NaN),
});

test.each(["1", "2"] as const)(
  "version %s answers on the evaluate page as it does where it serves",
  async (version) => {
    const file = readModelFile(version);
    const airports = [...Object.keys(file.preprocessing.origin.airports).slice(0, 20), "nowhere"];
    const flights: FlightFeatures[] = Array.from({ length: 300 }, (_, row) => ({
      departure_hour: row % 24,
      distance: 90 + ((row * 37) % 2400),
      origin: airports[row % airports.length]!,
      destination: airports[(row * 7 + 3) % airports.length]!,
      recent_delay_at_origin: row % 11 === 0 ? null : ((row * 13) % 90) - 12,
    }));
    const columns = [
      numbers(
        "recent_delay_at_origin",
        flights.map((flight) => flight.recent_delay_at_origin),
      ),
      numbers(
        "distance",
        flights.map(({ distance }) => distance),
      ),
      numbers(
        "departure_hour",
        flights.map((flight) => flight.departure_hour),
      ),
      words(
        "origin",
        flights.map(({ origin }) => origin),
      ),
      words(
        "destination",
        flights.map(({ destination }) => destination),
      ),
      words(
        "label",
        flights.map((_, row) => (row % 2 ? "late" : "on_time")),
      ),
    ];
    const model = readModel(exportFiles(file));
    const scorer = await openInNode(model);
    const mapping = InputMapping.parse(model.mapping);
    const { outcomes, refused } = await scoreRows({ scorer, mapping, columns, label: "label", rows: 300 });
    await scorer.dispose();
    expect(refused.rows).toBe(0);
    if (outcomes.task !== "binary") throw new Error(outcomes.task);
    const serving = (await loadScorer(version)).score(flights.map((features) => ({ features })));
    serving.forEach(({ score }, row) => {
      expect(outcomes.scores![row]!).toBeCloseTo(score, 5);
    });
  },
);
