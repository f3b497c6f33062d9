import type { Endpoint } from "./endpoint";

type Match = { endpoint: Endpoint; params: Record<string, string> };

/** The endpoint that serves a path: one without {names} before one with. */
export function findEndpoint(endpoints: readonly Endpoint[], method: string, path: string): Match | null {
  let best: Match | null = null;
  for (const endpoint of endpoints) {
    if (endpoint.method !== method) continue;
    if (endpoint.path === path) return { endpoint, params: {} };
    if (!endpoint.path.includes("{")) continue;
    const params = matchTemplate(endpoint.path, path);
    if (params && (!best || endpoint.path.length > best.endpoint.path.length)) best = { endpoint, params };
  }
  return best;
}

/** null where the path is not of the template; {name...} takes all that is left, undecoded. */
export function matchTemplate(template: string, path: string): Record<string, string> | null {
  const wanted = template.split("/");
  const found = path.split("/");
  const params: Record<string, string> = {};
  for (let place = 0; place < wanted.length; place++) {
    const name = /^\{(.+?)(\.\.\.)?\}$/.exec(wanted[place]!);
    if (name?.[2]) {
      const rest = found.slice(place).join("/");
      return rest === "" ? null : { ...params, [name[1]!]: rest };
    }
    const here = found[place];
    if (here === undefined || here === "") {
      if (name || here !== wanted[place]) return null;
    } else if (name) {
      const decoded = decode(here);
      if (decoded === null) return null;
      params[name[1]!] = decoded;
    } else if (here !== wanted[place]) return null;
  }
  return found.length === wanted.length ? params : null;
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
