import { InputMapping, mappedWidth, type OutputMapping } from "./input-mapping";
import { numberOf } from "./place-of";
import type { ColumnFacts, ModelFacts } from "./worker-calls";

const LABELS = ["label", "target", "y", "class", "outcome", "truth"];
/** A label of so few different values is a class. */
const MOST_CLASSES = 20;

/** Which column holds what really happened, by its name; else the last one. */
export function guessLabel(columns: readonly ColumnFacts[], registered: string | null): string {
  const names = columns.map(({ name }) => name);
  return [registered, ...LABELS].find((name) => name !== null && names.includes(name)) ?? names.at(-1) ?? "";
}

/**
 * A first mapping for a person to correct: the columns in their order, numbers as they are and categories one-hot, until
 * the model has as many inputs as it reads.
 * @param order names of the inputs in the model's signature, where it has one
 */
export function guessMapping(
  { inputs, outputs, classes }: Pick<ModelFacts, "inputs" | "outputs" | "classes">,
  columns: readonly ColumnFacts[],
  { label, order = [] }: { label: string; order?: readonly string[] },
): InputMapping {
  const named = order.length > 0 ? order : inputs.length > 1 ? inputs.map(({ name }) => name) : [];
  const others = columns.filter(({ name }) => name !== label);
  const known = named.flatMap((name) => others.find((column) => column.name === name) ?? []);
  const chosen = known.length > 0 ? known : others;
  const readsText = (name: string) => inputs.find((input) => input.name === name)?.type === "string";
  const wanted = inputs.length === 1 ? inputs[0]!.width : null;
  const mapped: unknown[] = [];
  for (const { name, kind, categories } of chosen) {
    if (wanted !== null && width(mapped) >= wanted) break;
    if (readsText(name) || (inputs.length === 1 && inputs[0]!.type === "string")) {
      mapped.push({ kind: "text", feature: name });
    } else if (kind === "numerical") mapped.push({ kind: "number", feature: name });
    else if (categories) mapped.push({ kind: "one_hot", feature: name, categories: [...categories].sort() });
  }
  const truth = columns.find(({ name }) => name === label);
  return InputMapping.parse({
    inputs: mapped.length > 0 ? mapped : [{ kind: "number", feature: chosen[0]?.name ?? "feature" }],
    output: guessOutput(outputs, classes, truth),
    label,
  });
}

const width = (inputs: unknown[]): number =>
  inputs.length === 0 ? 0 : mappedWidth(InputMapping.pick({ inputs: true }).parse({ inputs }));

function guessOutput(
  outputs: ModelFacts["outputs"],
  classes: string[] | null,
  truth: ColumnFacts | undefined,
): Partial<OutputMapping> & Pick<OutputMapping, "kind"> {
  const numbers = outputs.filter(({ type }) => type === "float32" || type === "float64");
  const output = numbers.at(-1);
  const found = classes ?? (truth?.categories ? inOrder(truth.categories) : null);
  const isClass = classes !== null || (found !== null && found.length >= 2 && found.length <= MOST_CLASSES);
  if (!isClass || !found) return { kind: "value", tensor: output?.name ?? null };
  const common = { classes: found, positive_class: found.length === 2 ? found[1]! : null };
  if (!output) return { kind: "label", tensor: outputs[0]?.name ?? null, ...common };
  const isSingle = output.width === 1 && found.length === 2;
  return { kind: isSingle ? "probability" : "probabilities", tensor: output.name, ...common };
}

/** Classes that are all numbers by their value, 2 before 10; others as text. */
function inOrder(categories: readonly string[]): string[] {
  const areNumbers = categories.every((name) => !Number.isNaN(numberOf(name)));
  return areNumbers ? [...categories].sort((a, b) => numberOf(a) - numberOf(b)) : [...categories].sort();
}
