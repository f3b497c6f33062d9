import type { z } from "zod";
import { TidemarkError } from "@/lib/errors";
import { badText } from "@/lib/text";

const MAX_DETAILS = 20;

/**
 * Parses outside data.
 * @param where what the message begins with: "body", "query", "path"
 * @throws TidemarkError `bad_request` that names field, value and what is expected.
 */
export function parse<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  where: string,
): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const details = parsed.error.issues.slice(0, MAX_DETAILS).map((issue) => ({
    path: issue.path.map(String),
    message: describeIssue(issue, value),
  }));
  const more = parsed.error.issues.length - 1;
  throw new TidemarkError(
    "bad_request",
    `${where}: ${details[0]!.message}${more > 0 ? ` (and ${more} more, see details)` : ""}`,
    { details },
  );
}

/**
 * Refuses text that no store keeps, wherever it lies in outside data.
 * @throws TidemarkError `bad_request` that names the field.
 */
export function refuseBadText(value: unknown, where: string, path: readonly string[] = []): void {
  if (typeof value === "string") {
    const wrong = badText(value);
    if (wrong) throw new TidemarkError("bad_request", `${where}: ${[...path, wrong].join(" ")}`);
  } else if (typeof value === "object" && value !== null) {
    for (const [name, inner] of Object.entries(value)) {
      refuseBadText(name, where, path);
      refuseBadText(inner, where, [[...path, name].join(".")]);
    }
  }
}

/** One issue in words: `limit="many": expected a whole number`. */
export function describeIssue(issue: z.core.$ZodIssue, value: unknown): string {
  const field = issue.path.map(String).join(".");
  const message = lowerFirst(issue.message.replace(/^Invalid (input|option): /, ""));
  const found = show(at(value, issue.path));
  if (!field) return message;
  return found === null
    ? `${field} is missing: ${message.replace(/, received undefined$/, "")}`
    : `${field}=${found}: ${message}`;
}

function at(value: unknown, path: readonly PropertyKey[]): unknown {
  let here = value;
  for (const key of path)
    here = here === null || here === undefined ? undefined : (here as Record<PropertyKey, unknown>)[key];
  return here;
}

function show(value: unknown): string | null {
  if (value === undefined) return null;
  if (Array.isArray(value)) return `[${value.length} values]`;
  if (typeof value === "object" && value !== null) return "{…}";
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
