import { folderOfLocation } from "@/lib/comparison/kept-signature";
import type { Database } from "@/lib/db/client";
import { TidemarkError } from "@/lib/errors";
import { promotionHref, targetWords } from "./address";
import { type HeldVersion, holdsExperiment, selectHeldVersions } from "./held-files-store";

type Deed = "write" | "erase";

/**
 * Refuses to change the files of a version that is in a protected stage, holds a protected alias or is asked for:
 * what was approved, or is being judged, stays to the byte.
 * @param path of a file, or of a folder that is to be erased, among the artifacts
 * @throws TidemarkError `forbidden`
 */
export async function refuseHeldFiles(db: Database, path: string, deed: Deed): Promise<void> {
  for (const version of await selectHeldVersions(db)) {
    const folder = folderOfLocation(version.location, version.run_root);
    if (folder === null) continue;
    if (isWithin(folder, path) ? deed === "erase" : await isOwnFile(db, path, folder))
      throw heldRefusal(version, folder);
  }
}

/** In a folder of a whole experiment, which somebody may well register, everybody's runs go on. */
const isOwnFile = async (db: Database, path: string, folder: string): Promise<boolean> =>
  isWithin(path, folder) && !(await holdsExperiment(db, folder));

/** Some disks make no difference between letters of either case, nor between two ways to write an é. */
const plain = (path: string) => path.normalize("NFC").toLowerCase();

const isWithin = (path: string, folder: string): boolean =>
  folder === "" || plain(`${path}/`).startsWith(plain(`${folder}/`));

function heldRefusal({ model, version, kind, name }: HeldVersion, folder: string): TidemarkError {
  const why =
    kind === "promotion"
      ? `is asked for at ${promotionHref(name)}`
      : `holds ${targetWords({ kind, name })}, which ${model}'s policy protects`;
  return new TidemarkError(
    "forbidden",
    `version ${version} of ${model} ${why}: its files below ${JSON.stringify(folder.slice(0, 200))} stay as they are. Put the new ones into another folder, and register a new version with them`,
    kind === "promotion" ? { details: [{ url: promotionHref(name) }] } : {},
  );
}
