const SHAPE = /^\d{4}-\d\d-\d\dT([01]\d|2[0-3]):\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

/** Whether the API takes a text as a moment: lib/wire's Timestamp, for pages, without the weight of a schema. */
export function isMoment(text: string): boolean {
  if (!SHAPE.test(text)) return false;
  const ms = Date.parse(text);
  // Date.parse takes 30 February for 1 March.
  const day = Date.parse(`${text.slice(0, 10)}T00:00:00Z`);
  return (
    Number.isFinite(ms) &&
    Number.isFinite(day) &&
    new Date(day).toISOString().startsWith(text.slice(0, 10)) &&
    new Date(ms).getUTCFullYear() >= 0 &&
    new Date(ms).getUTCFullYear() <= 9999
  );
}
