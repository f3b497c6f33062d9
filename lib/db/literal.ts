/**
 * Postgres array literals, written by hand: the driver's own serialiser costs more than the statement it serves.
 * Null, undefined and NaN become NULL.
 */
export function numbers(values: ArrayLike<number | null | undefined>): string {
  let text = "{";
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (i > 0) text += ",";
    text += value === null || value === undefined || Number.isNaN(value) ? "NULL" : value;
  }
  return `${text}}`;
}

const SPECIAL = /["\\]/g;

/** An array literal of texts; also of array literals that the statement casts in turn. */
export function texts(values: readonly (string | null | undefined)[]): string {
  let text = "{";
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (i > 0) text += ",";
    text += value === null || value === undefined ? "NULL" : `"${value.replace(SPECIAL, "\\$&")}"`;
  }
  return `${text}}`;
}

/** Reads an array literal of integers without quotes or NULLs: `{1,-2,3}`. */
export function parseIntegers(literal: string): number[] {
  const values: number[] = [];
  let value = 0;
  let negative = false;
  for (let i = 1; i < literal.length; i++) {
    const c = literal.charCodeAt(i);
    if (c >= 48 && c <= 57) value = value * 10 + (c - 48);
    else if (c === 45) negative = true;
    else if (i > 1) {
      values.push(negative ? -value : value);
      value = 0;
      negative = false;
    }
  }
  return values;
}
