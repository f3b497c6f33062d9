import { z } from "zod";
import { TidemarkError } from "@/lib/errors";
import { checkAlias, toStage } from "@/lib/registry/names";
import { Target } from "./schema";

export const TargetQuery = z.object({
  stage: z.string().max(100).optional().describe("Staging or Production"),
  alias: z.string().max(255).optional(),
});
export type TargetQuery = z.output<typeof TargetQuery>;

/** @throws TidemarkError `bad_request` unless one stage that serves, or one alias, is named */
export function readTarget({ stage, alias }: TargetQuery): Target {
  if ((stage === undefined) === (alias === undefined))
    throw new TidemarkError("bad_request", "name one target: stage=Production, or alias=champion");
  if (alias !== undefined) checkAlias(alias);
  const parsed = Target.safeParse(
    alias === undefined ? { kind: "stage", name: toStage(stage!) } : { kind: "alias", name: alias },
  );
  if (parsed.success) return parsed.data;
  throw new TidemarkError("bad_request", parsed.error.issues[0]!.message);
}
