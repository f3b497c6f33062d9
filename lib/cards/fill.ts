import type { CardFacts, CardMetric, ModelCard } from "./schema";
import type { CardPath } from "./write-card";

export type Filled = { path: CardPath; value: unknown };

const DRIFT_ENTRY = "Drift, as Tidemark measured it: ";

/**
 * The fields of a card that Tidemark knows better or that are still empty. Metrics of the run take the run's values and
 * keep the thresholds that people gave them; what people wrote elsewhere stays.
 */
export function fillCard(card: ModelCard, facts: CardFacts): Filled[] {
  const filled: Filled[] = [];
  const details = card.model_details;
  if (details.name !== facts.model) filled.push({ path: ["model_details", "name"], value: facts.model });
  if (details.version !== facts.version)
    filled.push({ path: ["model_details", "version"], value: facts.version });
  if (details.date === null) filled.push({ path: ["model_details", "date"], value: facts.date });
  if (details.owners.length === 0 && facts.owner !== null) {
    filled.push({ path: ["model_details", "owners"], value: [facts.owner] });
  }
  for (const field of ["source", "date_range", "size"] as const) {
    if (card.training_data[field] === null && facts[field] !== null) {
      filled.push({ path: ["training_data", field], value: facts[field] });
    }
  }
  const metrics = mergeMetrics(card.metrics, facts.metrics);
  if (JSON.stringify(metrics) !== JSON.stringify(card.metrics))
    filled.push({ path: ["metrics"], value: metrics });
  if (facts.drift !== null) {
    const entry = `${DRIFT_ENTRY}${facts.drift}`;
    const others = card.monitoring.filter((each) => !each.startsWith(DRIFT_ENTRY));
    if (!card.monitoring.includes(entry)) filled.push({ path: ["monitoring"], value: [...others, entry] });
  }
  return filled;
}

/** What was imported goes into a card without taking out what people listed there: of two texts the imported stands. */
export const mergeImported = (card: ModelCard, fields: readonly Filled[]): Filled[] =>
  fields.map(({ path, value }) => {
    if (path[0] === "metrics") return { path, value: mergeMetrics(card.metrics, value as CardMetric[]) };
    const section = card[path[0]];
    const held = path.length === 2 ? (section as Record<string, unknown>)[path[1]] : section;
    return { path, value: Array.isArray(held) ? [...new Set([...held, ...(value as unknown[])])] : value };
  });

/** Metrics by name: values are renewed where there are newer ones, thresholds stay. */
function mergeMetrics(
  held: readonly CardMetric[],
  known: readonly { name: string; value: number | null; threshold?: number | null }[],
): CardMetric[] {
  const values = new Map(known.map(({ name, value }) => [name, value]));
  const names = new Set(held.map(({ name }) => name));
  return [
    ...held.map((metric) => ({ ...metric, value: values.get(metric.name) ?? metric.value })),
    ...known
      .filter(({ name }) => !names.has(name))
      .map(({ name, value, threshold = null }) => ({ name, value, threshold })),
  ];
}
