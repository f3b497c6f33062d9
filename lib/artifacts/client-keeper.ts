import { TidemarkError } from "@/lib/errors";
import type { Keeper } from "./keeper";

/** What lies in these is named by its own hash, and evidence rests on it (lib/evaluations, lib/datasets). */
const OWN_FOLDERS = new Set(["evaluations", "datasets"]);

/** Compared in lower case, since some disks make no difference. */
const isOwn = (path: string) => OWN_FOLDERS.has(path.split("/", 1)[0]!.toLowerCase());

/**
 * The artifacts as clients of the MLflow protocol may reach them: all but the files that evaluations and datasets
 * rest on, which have addresses of their own and never change.
 */
export function clientKeeper(keeper: Keeper): Keeper {
  const open = (path: string): string => {
    if (!isOwn(path)) return path;
    throw new TidemarkError(
      "forbidden",
      `${JSON.stringify(path.slice(0, 200))} lies among what this server keeps of evaluations and datasets, which never changes: use another folder, or …/evaluations and …/datasets of the model`,
    );
  };
  return {
    put: async (path, content) => keeper.put(open(path), content),
    read: async (path) => keeper.read(open(path)),
    list: async (path) => (await keeper.list(open(path))).filter(({ name }) => path !== "" || !isOwn(name)),
    changedAt: async (path) => keeper.changedAt(open(path)),
    remove: async (path) => keeper.remove(open(path)),
  };
}
