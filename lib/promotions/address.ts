import { versionHref } from "@/lib/models/address";
import type { Target } from "./schema";

export const promotionHref = (id: string) => `/promotions/${encodeURIComponent(id)}`;

export type VersionTarget = { model: string; version: string; target: Pick<Target, "kind" | "name"> };

/** Where a promotion is asked for. */
export const askHref = ({ model, version, target }: VersionTarget) =>
  `${versionHref({ model, version })}/promote?${new URLSearchParams({ [target.kind]: target.name })}`;

/** Where it is set what protects a model. */
export const policyHref = (model: string) => `/promotions/policy?${new URLSearchParams({ model })}`;

/** Where evidence for a version is made, with its registered files and, where one is asked for, the dataset. */
export const evaluateHref = (model: string, version: string, dataset: string | null) =>
  `${versionHref({ model, version })}/evaluate?${new URLSearchParams({ source: "registry", ...(dataset ? { dataset } : {}) })}`;

/** Where an evaluation can be looked at, and repeated in the browser. */
export const evidenceHref = (model: string, version: string, id: string) =>
  `${versionHref({ model, version })}/evaluate?evidence=${encodeURIComponent(id)}`;

/** "Production", "the alias champion". */
export const targetWords = ({ kind, name }: Pick<Target, "kind" | "name">): string =>
  kind === "alias" ? `the alias ${name}` : name;
