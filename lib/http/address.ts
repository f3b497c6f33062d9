import { TidemarkError } from "@/lib/errors";

/** The values of a template's {names} in a path, decoded. Read from the address itself, not from the framework. */
export function pathParams(template: string, pathname: string): Record<string, string> {
  const params: Record<string, string> = {};
  const wanted = template.split("/");
  const found = pathname.split("/");
  for (let i = 0; i < wanted.length; i++) {
    const name = /^\{(.+)\}$/.exec(wanted[i]!)?.[1];
    if (!name) continue;
    try {
      params[name] = decodeURIComponent(found[i] ?? "");
    } catch {
      throw new TidemarkError(
        "bad_request",
        `path: ${name}=${JSON.stringify(found[i])} is not percent-encoded UTF-8: encode it with encodeURIComponent`,
      );
    }
  }
  return params;
}

/** Query parameters by name: a string, or an array where a name is repeated. */
export function queryValues(search: URLSearchParams): Record<string, string | string[]> {
  const values = new Map<string, string | string[]>();
  for (const [name, value] of search) {
    const held = values.get(name);
    values.set(name, held === undefined ? value : Array.isArray(held) ? [...held, value] : [held, value]);
  }
  return Object.fromEntries(values);
}

/** A misspelt parameter must not quietly mean "not set". */
export function refuseUnknown(values: Record<string, unknown>, known: readonly string[]): void {
  for (const name of Object.keys(values)) {
    if (known.includes(name)) continue;
    throw new TidemarkError(
      "bad_request",
      `query: there is no parameter ${JSON.stringify(name.slice(0, 80))}; this request knows ${known.join(", ") || "none"}`,
    );
  }
}
