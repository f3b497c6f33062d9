import { flagOf } from "@/lib/datasets/flag";
import { cellText } from "./describe-columns";
import type { EvaluationColumn } from "./input";
import type { InputColumn } from "./input-mapping";
import { quoted, refused } from "./model-files";
import { isFlags, isMissing, placeOf } from "./place-of";

/** Fewer rows may all be of rare categories. */
const ENOUGH = 10;

/**
 * That the categories a mapping lists are those of the data. A category that is not listed may stand for all the rare ones,
 * but where every row has such a one the lists are spelt otherwise, and scores would be made of zeros. O(rows) at worst: a
 * feature is done with at the first row that is found.
 * @throws TidemarkError where a feature has 10 values or more, and none of them is listed
 */
export function checkCategories(
  inputs: readonly InputColumn[],
  columns: readonly EvaluationColumn[],
  rows: number,
): void {
  for (const [feature, listed] of listedOf(inputs)) {
    const column = columns.find(({ name }) => name === feature);
    if (!column) continue;
    // One category is enough to tell two flags apart, and all rows may well have the other one.
    if (isFlags(column) && listed.some((name) => !Number.isNaN(flagOf(name)))) continue;
    const placeAt = placeOf(column, new Map(listed.map((name) => [name, true as const])));
    const { values, example } = strangers(column, rows, placeAt);
    if (values < ENOUGH) continue;
    throw refused(
      `none of the ${values.toLocaleString("en-US")} values of ${quoted(feature)} is among the categories that the mapping lists: the data has ${quoted(cellText(column, example))}, the list ${quoted(listed[0])}; list them as the data writes them, or choose data of the kind that the model was trained with`,
    );
  }
}

/** By feature the categories of all its inputs: a model may have one input for each. */
function listedOf(inputs: readonly InputColumn[]): Map<string, string[]> {
  const listed = new Map<string, string[]>();
  for (const input of inputs) {
    if (input.kind === "number" || input.kind === "text") continue;
    const own = input.kind === "dictionary" ? Object.keys(input.values) : input.categories;
    listed.set(input.feature, [...(listed.get(input.feature) ?? []), ...own]);
  }
  return listed;
}

/** How many rows have a value, and the first of them; 0 as soon as one of them is listed. */
function strangers(
  column: EvaluationColumn,
  rows: number,
  isListed: (row: number) => true | undefined,
): { values: number; example: number } {
  let values = 0;
  let example = -1;
  for (let row = 0; row < rows; row++) {
    if (isMissing(column, row)) continue;
    if (isListed(row)) return { values: 0, example: -1 };
    if (values++ === 0) example = row;
  }
  return { values, example };
}
