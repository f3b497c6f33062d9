import { sqlState } from "@/lib/db/errors";
import { TidemarkError } from "@/lib/errors";
import { askHref, policyHref, promotionHref, targetWords } from "@/lib/promotions/address";

export const modelNotFound = (model: string) =>
  new TidemarkError("not_found", `Registered Model with name=${model.slice(0, 300)} not found`);

export const versionNotFound = (model: string, version: string) =>
  new TidemarkError("not_found", `Model Version (name=${model}, version=${version}) not found`);

/** Runs a write of the registry and says its refusals (drizzle/0006_registry.sql, 0028_promotion.sql) in words. */
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
      case "TM040":
        throw protectedRefusal(error, { model, version });
      case "23505":
        throw new TidemarkError("conflict", `Registered Model (name=${name}) already exists.`, {
          cause: error,
        });
      default:
        throw error;
    }
  }
}

/** What a policy protects moves by a promotion: its address, or the one where to ask for it, goes with the refusal. */
function protectedRefusal(
  error: unknown,
  { model, version }: { model: string; version: string },
): TidemarkError {
  const { kind, name, leaves, open } = JSON.parse(innermost(error)) as {
    kind: "stage" | "alias" | "model";
    name: string;
    /** The version that would leave the target. */
    leaves: string | null;
    open: Record<string, string>;
  };
  const policy = policyHref(model);
  const refusal = (message: string, url: string) =>
    new TidemarkError("forbidden", message, { details: [{ url }], cause: error });
  if (kind === "model") {
    return refusal(
      `${model} has a promotion policy, which protects its name: an administrator has to take the policy away first, at ${policy}`,
      policy,
    );
  }
  const target = { kind, name };
  const said = `${targetWords(target)} of ${model} is protected, and changes by an approved promotion`;
  if (version === "" || version === leaves) {
    return refusal(
      `${said}: promote another version into its place, roll back, or have an administrator override it with a reason. What protects it stands at ${policy}`,
      policy,
    );
  }
  const promotion = open[version];
  const url = promotion ? promotionHref(promotion) : askHref({ model, version, target });
  return refusal(
    promotion
      ? `${said}: that of version ${version} waits for a decision at ${url}`
      : `${said}: ask for one at ${url}`,
    url,
  );
}

function innermost(error: unknown): string {
  let at = error as Error;
  while (at.cause instanceof Error) at = at.cause;
  return at.message;
}
