/**
 * SQL for a numeric as a double. PostgreSQL refuses what a double cannot hold, too large or too small, and one squared
 * error of 1e400 in a summary would fail every report that reads it: the largest and 0 stand for these.
 */
export function asDouble(numeric: string): string {
  return `(CASE WHEN abs(${numeric}) < 1e-300 THEN 0 ELSE least(greatest(${numeric}, -1e308), 1e308) END)::float8`;
}
