import type { Direction } from "@/lib/models/order";

/** What a table is sorted by; null: the page's own order. */
export type Order<By extends string> = { by: By; direction: Direction } | null;

/** What a row is sorted by in each column; null: nothing there, which comes last in either direction. */
export type OrderValues<By extends string, Row> = Record<By, (row: Row) => string | number | null>;

const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

/** Sorted by one column. Equals keep the order they came in. */
export function ordered<By extends string, Row>(
  rows: readonly Row[],
  order: Order<By>,
  values: OrderValues<By, Row>,
): readonly Row[] {
  if (order === null) return rows;
  const sign = order.direction === "asc" ? 1 : -1;
  const value = values[order.by];
  return [...rows].sort((a, b) => {
    const [left, right] = [value(a), value(b)];
    if (left === null || right === null) return Number(left === null) - Number(right === null);
    if (typeof left === "number" && typeof right === "number") return sign * (left - right);
    return sign * collator.compare(String(left), String(right));
  });
}

/** What a click on a column's title leads to: its first direction, then the other, then the page's own order again. */
export function nextOrder<By extends string>(order: Order<By>, by: By, first: Direction): Order<By> {
  if (order?.by !== by) return { by, direction: first };
  return order.direction === first ? { by, direction: first === "asc" ? "desc" : "asc" } : null;
}

/** Rows whose words contain every word of the text. */
export function matching<Row>(
  rows: readonly Row[],
  text: string,
  wordsOf: (row: Row) => readonly (string | null)[],
): readonly Row[] {
  const wanted = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return rows;
  return rows.filter((row) => {
    const held = wordsOf(row).join(" ").toLowerCase();
    return wanted.every((word) => held.includes(word));
  });
}
