/** One place where a value is not what it was: "settings.alpha", 0.05, 0.01. */
export type Change = { path: string; before: unknown; after: unknown };

/** The leaves that differ between two JSON values, in the order of `after`. Absent and null are the same. */
export function changedLeaves(before: unknown, after: unknown): Change[] {
  const old = leaves(before);
  const now = leaves(after);
  const paths = new Set([...now.keys(), ...old.keys()]);
  return [...paths]
    .map((path) => ({ path, before: old.get(path) ?? null, after: now.get(path) ?? null }))
    .filter((change) => change.before !== change.after);
}

function leaves(value: unknown, path = "", found = new Map<string, unknown>()): Map<string, unknown> {
  if (value !== null && typeof value === "object") {
    for (const [name, each] of Object.entries(value)) {
      // A list of named things reads better by name than by place.
      const step = Array.isArray(value) && isNamed(each) ? each.name : name;
      leaves(each, path ? `${path}.${step}` : step, found);
    }
  } else if (value !== undefined) {
    found.set(path, value);
  }
  return found;
}

const isNamed = (value: unknown): value is { name: string } =>
  typeof value === "object" && value !== null && "name" in value && typeof value.name === "string";
