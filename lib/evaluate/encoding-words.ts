import { formatCount, formatValue } from "@/lib/charts/format";
import type { InputColumn } from "./input-mapping";

/** How a feature becomes what the model reads, in words: "÷ 10, asinh, mean 3.2, deviation 1.5; missing: 0". */
export function encodingWords(input: InputColumn): string {
  switch (input.kind) {
    case "number": {
      const { divisor, transform, scale } = input;
      const steps = [
        divisor === 1 ? "" : `÷ ${formatValue(divisor)}`,
        TRANSFORMS[transform],
        scale.kind === "standard"
          ? `mean ${formatValue(scale.mean)} and deviation ${formatValue(scale.deviation)} taken out`
          : scale.kind === "range"
            ? `${formatValue(scale.min)} to ${formatValue(scale.max)} become 0 to 1`
            : "",
      ].filter(Boolean);
      const missing = input.missing === null ? "refused" : formatValue(input.missing);
      return `${steps.join(", ") || "the number as it is"}; missing: ${missing}${input.missing_indicator ? ", and 1 in a column of its own" : ""}`;
    }
    case "one_hot":
      return `one-hot of ${categoriesWords(input.categories)}; others: ${OTHERS[input.other]}`;
    case "ordinal":
      return `place among ${categoriesWords(input.categories)}; others: ${otherWords(input.other)}`;
    case "dictionary": {
      const values = Object.entries(input.values);
      const some = values.slice(0, SHOWN).map(([name, value]) => `${name} → ${formatValue(value)}`);
      return `${some.join(", ")}${values.length > SHOWN ? `, … (${formatCount(values.length)} categories)` : ""}; others: ${otherWords(input.other)}`;
    }
    case "text":
      return input.missing === "" ? "the text as it is" : `the text as it is; missing: ${input.missing}`;
  }
}

/** Categories beyond these are counted. */
const SHOWN = 3;

const TRANSFORMS = { none: "", log: "log", log1p: "log(1 + x)", asinh: "asinh", sqrt: "square root" };
const OTHERS = { zeros: "zeros", column: "a column of their own", refuse: "refused" };

const otherWords = (other: number | null) => (other === null ? "refused" : formatValue(other));

function categoriesWords(categories: readonly string[]): string {
  const some = categories.slice(0, SHOWN).join(", ");
  return categories.length > SHOWN ? `${formatCount(categories.length)} categories (${some}, …)` : some;
}
