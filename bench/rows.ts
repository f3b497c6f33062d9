import { seeded } from "@/lib/seeded";

const START = Date.UTC(2026, 2, 1);

/** A row of the benchmark: 16 numbers and 4 categories, about 600 bytes of JSON. */
export function benchRow(i: number, random: ReturnType<typeof seeded>) {
  const features: Record<string, number | string> = {};
  for (let k = 0; k < 16; k++) features[`number_${k}`] = random.normal() * 10 ** (k % 4);
  for (let k = 0; k < 4; k++) features[`category_${k}`] = `value-${Math.floor(random.uniform() * 12)}`;
  const score = random.uniform();
  return {
    id: `0190-${i.toString(16).padStart(12, "0")}`,
    timestamp: new Date(START + i * 5).toISOString(),
    features,
    prediction: score >= 0.5 ? "yes" : "no",
    score,
    latency_ms: Math.round(random.uniform() * 100) / 10,
  };
}

/** Request bodies of `size` rows each, from row `first` on. */
export function makeBodies(
  count: number,
  { model, size, first }: { model: string; size: number; first: number },
): Buffer[] {
  const random = seeded(first + 1);
  return Array.from({ length: count }, (_, b) =>
    Buffer.from(
      JSON.stringify({
        model,
        version: "1",
        predictions: Array.from({ length: size }, (_, i) => benchRow(first + b * size + i, random)),
      }),
    ),
  );
}
