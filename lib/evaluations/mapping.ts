import type { Keeper } from "@/lib/artifacts/keeper";
import { keptSignature } from "@/lib/comparison/kept-signature";
import type { Database } from "@/lib/db/client";
import type { InputMapping } from "@/lib/evaluate/input-mapping";
import { registering } from "@/lib/registry/refusals";
import { getModelVersion, type VersionAt } from "@/lib/registry/versions";
import { registeredFiles } from "./registered-model";
import type { MappingReply, ModelFilesReply } from "./schema";
import { insertMapping, selectMapping } from "./store";

/** What a version holds that can be evaluated. @throws TidemarkError `not_found` for the version */
export async function describeModelFiles(
  { db, keeper }: { db: Database; keeper: Keeper },
  at: VersionAt,
): Promise<ModelFilesReply> {
  const { model, version } = await getModelVersion(db, at);
  const [files, signature, mapping] = await Promise.all([
    registeredFiles({ db, keeper }, { model, version }),
    keptSignature({ db, keeper }, { model, version }),
    selectMapping(db, { model, version }),
  ]);
  return {
    files,
    signature: signature && { inputs: signature.inputs, outputs: signature.outputs },
    mapping,
  };
}

/** Keeps a mapping with a version; the former ones stay. @throws TidemarkError `not_found` for the version */
export async function keepMapping(
  db: Database,
  at: VersionAt,
  mapping: InputMapping,
  actor: string,
): Promise<MappingReply> {
  const { model, version } = await getModelVersion(db, at);
  await registering(insertMapping(db, { model, version }, mapping, actor), { model, version });
  return { mapping };
}
