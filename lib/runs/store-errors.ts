import { sqlState } from "@/lib/db/errors";
import { TidemarkError } from "@/lib/errors";

export const runNotFound = (runId: string) =>
  new TidemarkError("not_found", `Run with id=${runId.slice(0, 300)} not found`);

export const experimentNotFound = (id: string) =>
  new TidemarkError("not_found", `No Experiment with id=${id.slice(0, 100)} exists`);

export const notActive = (runId: string) =>
  new TidemarkError(
    "bad_request",
    `The run ${runId} must be in the 'active' state. Current state is deleted. Restore it first.`,
  );

/** Runs a write and says its refusals (drizzle/0005_tracking.sql) in words. */
export async function writing<Result>(
  runId: string,
  work: Promise<Result>,
  experimentId?: string,
): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    switch (sqlState(error)) {
      case "TM010":
        throw experimentId === undefined ? runNotFound(runId) : experimentNotFound(experimentId);
      case "TM011":
        throw experimentId === undefined
          ? notActive(runId)
          : new TidemarkError(
              "bad_request",
              `The experiment ${experimentId} must be in the 'active' state. Current state is deleted. Restore it first.`,
            );
      case "TM012":
        throw changedParam(runId, error);
      default:
        throw error;
    }
  }
}

function changedParam(runId: string, cause: unknown): TidemarkError {
  const { key, before, after } = JSON.parse(innermost(cause).message) as Record<string, string>;
  return new TidemarkError(
    "bad_request",
    `Changing param values is not allowed. Param with key='${key}' was already logged with value='${before}' for run ID='${runId}'. Attempted logging new value '${after}'.`,
    { cause },
  );
}

function innermost(error: unknown): Error {
  let at = error as Error;
  while (at.cause instanceof Error) at = at.cause;
  return at;
}
