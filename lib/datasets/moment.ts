const TIME = /^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/;

/** Milliseconds since 1970 of an ISO date, or of a time, which without a zone is UTC; NaN for any other text. */
export function momentOf(text: string): number {
  const trimmed = text.trim();
  if (!TIME.test(trimmed)) return Number.NaN;
  const whole = trimmed.length > 10 && !/(Z|[+-]\d\d:?\d\d)$/.test(trimmed) ? `${trimmed}Z` : trimmed;
  return Date.parse(whole.replace(" ", "T"));
}
