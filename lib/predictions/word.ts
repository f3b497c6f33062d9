/** true and false as Python ("True"), R and Excel ("TRUE") and JSON write them are one class or category; other text is itself. */
export function wordOf(text: string): string {
  return (text.length === 4 || text.length === 5) && FLAG.test(text) ? text.toLowerCase() : text;
}

const FLAG = /^(?:true|false)$/i;

/**
 * A number as JSON would spell it: "1" for "1.0", which pandas writes where a column of whole numbers has gaps.
 * @returns null for what is no number, or would be another one when spelt anew: codes ("007") and more digits than a
 * double has.
 */
export function numberWord(text: string): string | null {
  if (!NUMBER.test(text)) return null;
  const value = Number(text);
  return Number.isFinite(value) && Math.abs(value) <= Number.MAX_SAFE_INTEGER ? String(value) : null;
}

const NUMBER = /^[+-]?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
