import { TidemarkError } from "@/lib/errors";
import { Stage } from "@/lib/models/schema";
import { checkLength, invalid, missing } from "@/lib/runs/limits";
import type { KeyValue } from "@/lib/runs/schema";
import { ModelName } from "@/lib/wire";

const LIMITS = { tagKey: 250, tagValue: 100_000, alias: 255, description: 50_000, source: 5000 } as const;

export function checkModelName(name: string): void {
  if (name.trim() === "") {
    throw new TidemarkError(
      "bad_request",
      "Missing value for required parameter 'name'. Registered model name cannot be empty.",
    );
  }
  const parsed = ModelName.safeParse(name);
  if (!parsed.success) throw invalid(name, "name", parsed.error.issues[0]!.message);
}

export function checkTags(tags: readonly KeyValue[]): void {
  for (const { key, value } of tags) {
    if (key === "") throw missing("key");
    checkLength(key, "key", LIMITS.tagKey);
    checkLength(value, "value", LIMITS.tagValue);
  }
}

export function checkAlias(alias: string): void {
  if (alias === "") {
    throw new TidemarkError(
      "bad_request",
      "Missing value for required parameter 'alias'. Registered model alias name cannot be empty.",
    );
  }
  checkLength(alias, "alias", LIMITS.alias);
  if (!/^[\p{L}\p{N}_-]+$/u.test(alias)) {
    throw new TidemarkError(
      "bad_request",
      `Invalid alias name: '${alias}'. Names may only contain alphanumerics, underscores (_) and dashes (-).`,
    );
  }
  if (alias.toLowerCase() === "latest") {
    throw new TidemarkError("bad_request", "'latest' alias name (case insensitive) is reserved.");
  }
  if (/^v\d+$/i.test(alias)) {
    throw new TidemarkError(
      "bad_request",
      `Version alias name '${alias}' is reserved: it reads like a version number.`,
    );
  }
}

export const checkDescription = (text: string) => checkLength(text, "description", LIMITS.description);

/** "production" is Production. */
export function toStage(text: string): Stage {
  const stage = Stage.options.find((each) => each.toLowerCase() === text.toLowerCase());
  if (stage) return stage;
  throw new TidemarkError(
    "bad_request",
    `Invalid Model Version stage: ${text.slice(0, 100)}. Value must be one of ${Stage.options.join(", ")}.`,
  );
}

/** "007" is 7 to clients that count; any other text is the name that somebody gave. */
export const versionName = (text: string): string =>
  /^0+[1-9]\d*$/.test(text) ? text.replace(/^0+/, "") : text;

/** A source is followed by clients and shown to people: it must not lead elsewhere than it seems to. */
export function checkSource(source: string): void {
  checkLength(source, "source", LIMITS.source);
  if (/^(file:|[/\\.]|[A-Za-z]:[\\/])/.test(source) || !/^[a-z][a-z0-9+.-]*:/i.test(source)) {
    throw new TidemarkError(
      "bad_request",
      `Invalid model version source: '${source}'. To use a local path as a model version source, the run_id request parameter has to be specified and the local path has to be contained within the artifact directory of the run specified by the run_id.`,
    );
  }
  const plain = decodeAll(source);
  if (plain === null || plain.includes("\u0000") || /(^|[/\\:])\.\.?([/\\?#]|$)/.test(plain)) {
    throw new TidemarkError(
      "bad_request",
      `Invalid model version source: '${source}'. If supplying a source as an http, https, local file path, ftp, objectstore, or mlflow-artifacts uri, an absolute path must be provided without relative path references present. Please provide an absolute path.`,
    );
  }
}

function decodeAll(text: string): string | null {
  let layer = text;
  for (let depth = 0; depth < 8; depth++) {
    let next: string;
    try {
      next = decodeURIComponent(layer);
    } catch {
      return layer;
    }
    if (next === layer) return layer;
    layer = next;
  }
  return null;
}
