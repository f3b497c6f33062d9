import type { SliceChoice } from "./schema";

/** A comma between terms: the one of a range such as "[0, 10)" is followed by its other end. */
const BETWEEN = /,(?![^,=[(]*[\])]\s*(?:,|$))/;

/**
 * A slice as one line to edit: "carrier=AA, delay=[0, 10)", a feature alone for the rows that lack it. JSON where that would
 * be read as another slice ("Washington, DC" is two terms), or would not stay in a field of one line.
 */
export function sliceText(slice: SliceChoice): string {
  // Written term by term, so that the order of a term's keys makes no difference.
  const json = JSON.stringify(slice.map(({ feature, value }) => ({ feature, value })));
  const plain = slice
    .map(({ feature, value }) => (value === null ? feature : `${feature}=${value}`))
    .join(", ");
  const isSame = JSON.stringify(readSlice(plain)) === json;
  return isSame && !/[\r\n]/.test(plain) ? plain : json;
}

/** What `sliceText` writes, and what is typed. JSON that is none comes back as text, which the server refuses in words. */
export function readSlice(text: string): unknown {
  if (/^\s*\[\s*\{/.test(text)) {
    try {
      return JSON.parse(text);
    } catch {
      return text;
    }
  }
  return text.split(BETWEEN).map((part) => {
    const at = part.indexOf("=");
    return at < 0
      ? { feature: part.trim(), value: null }
      : { feature: part.slice(0, at).trim(), value: part.slice(at + 1).trim() };
  });
}
