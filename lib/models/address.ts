/** The pages of a version, in the order of their tabs. "" is the overview. */
export const VERSION_TABS = [
  { path: "", title: "Overview" },
  { path: "drift", title: "Drift" },
  { path: "performance", title: "Performance" },
  { path: "quality", title: "Data quality" },
  { path: "predictions", title: "Predictions" },
  { path: "versions", title: "Versions" },
  { path: "compare", title: "Compare" },
  { path: "evaluate", title: "Evaluate" },
  { path: "card", title: "Model card" },
  { path: "settings", title: "Settings" },
] as const;
export type VersionTab = (typeof VERSION_TABS)[number]["path"];

export type VersionAddress = { model: string; version: string };

export const modelHref = (model: string) => `/models/${encodeURIComponent(model)}`;

/** The address of a version's page; empty parameters are left out. */
export function versionHref(
  { model, version }: VersionAddress,
  tab: VersionTab = "",
  params: Record<string, string | undefined> = {},
): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) if (value) search.set(name, value);
  const path = `${modelHref(model)}/${encodeURIComponent(version)}${tab ? `/${tab}` : ""}`;
  return search.size > 0 ? `${path}?${search}` : path;
}

/** The name in a page's address; Next hands dynamic segments over still encoded. */
export function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
