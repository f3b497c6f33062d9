import { sqlState } from "@/lib/db/errors";
import { TidemarkError } from "@/lib/errors";

export const modelNotFound = (model: string) =>
  new TidemarkError("not_found", `Registered Model with name=${model.slice(0, 300)} not found`);

export const versionNotFound = (model: string, version: string) =>
  new TidemarkError("not_found", `Model Version (name=${model}, version=${version}) not found`);

/** Runs a write of the registry and says its refusals (drizzle/0006_registry.sql) in words. */
export async function registering<Result>(
  work: Promise<Result>,
  { model, version = "", name = model }: { model: string; version?: string; name?: string },
): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    switch (sqlState(error)) {
      case "TM010":
        throw innermost(error) === "version" ? versionNotFound(model, version) : modelNotFound(model);
      case "TM013":
        throw new TidemarkError(
          "forbidden",
          version
            ? `version ${version} of ${model} has logged predictions or a baseline, which are kept: move it to Archived instead`
            : `${model} has logged predictions, labels or a baseline, which are kept: move its versions to Archived instead`,
          { cause: error },
        );
      case "23505":
        throw new TidemarkError("conflict", `Registered Model (name=${name}) already exists.`, {
          cause: error,
        });
      default:
        throw error;
    }
  }
}

function innermost(error: unknown): string {
  let at = error as Error;
  while (at.cause instanceof Error) at = at.cause;
  return at.message;
}
