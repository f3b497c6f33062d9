/** Milliseconds since 1970 as ISO 8601 in UTC, to the second where it is whole: "2001-06-14T10:25:00Z". */
export function timeText(milliseconds: number): string {
  const time = new Date(milliseconds);
  return Number.isNaN(time.getTime()) ? String(milliseconds) : time.toISOString().replace(".000Z", "Z");
}
