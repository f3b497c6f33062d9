import { TidemarkError } from "@/lib/errors";
import { folderPath } from "./path";

/**
 * The path of an artifact URI among those that this server keeps; null for one that lies elsewhere, which clients ask
 * themselves.
 */
export function keptPath(uri: string): string | null {
  const rest = /^mlflow-artifacts:(?:\/\/[^/]*)?\/*(.*)$/.exec(uri)?.[1];
  return rest === undefined ? null : folderPath(rest);
}

/** @throws TidemarkError `bad_request` for artifacts that lie elsewhere */
export function keptPathOf(uri: string): string {
  const kept = keptPath(uri);
  if (kept !== null) return kept;
  throw new TidemarkError(
    "bad_request",
    `the artifacts at ${uri.slice(0, 200)} are not kept by this server: ask that place for them`,
  );
}
