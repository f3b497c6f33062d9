import { copyFolder, type Files } from "./files";
import { keptPath, type Places, placeOf } from "./places";
import { Refused } from "./remote";
import type { Long, Pair, Source } from "./source";
import type { Kind, Tally } from "./tally";
import type { Target } from "./target";

/** One import: what every part of it works with. */
export type Job = {
  source: Source;
  target: Target;
  tally: Tally;
  places: Places;
  /** The artifacts that the source hands out. */
  proxied: Files;
  /** Those of the folder that was named, if one was. */
  disk: Files | null;
};

export const toPairs = (pairs: readonly Pair[] = []) => pairs.map(({ key, value = "" }) => ({ key, value }));

/** Times and steps; absent = null. */
export const toNumber = (value: Long | undefined): number | null =>
  value === undefined || value === "" ? null : Number(value);

/** Runs `work`; where it is refused, counts that as skipped and gives null. */
export async function orSkip<Result>(
  { tally }: Job,
  kind: Kind,
  example: string,
  work: () => Promise<Result>,
): Promise<Result | null> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    tally.skip(kind, example, error.message);
    return null;
  }
}

/**
 * Brings over the files at `from`, which lie here below `to`.
 * @param usual where MLflow would have put them in a folder of artifacts
 * @param count how many there are to be missed, where they cannot be had
 */
export async function bringFiles(
  job: Job,
  { from, to, usual, count }: { from: string; to: string; usual: string; count: () => Promise<number> },
): Promise<void> {
  const { tally, target } = job;
  const place = placeOf(from);
  if (placeOf(to) !== "kept") {
    if ((await count()) > 0) {
      tally.skip("files", from, "they stay where they are, and clients go on reading them there");
    }
    return;
  }
  const folder = { target: keptPath(to) };
  if (job.disk) {
    const source = place === "kept" ? keptPath(from) : usual;
    await copyFolder({ from: job.disk, to: target.remote, tally }, { source, ...folder });
  } else if (place === "kept") {
    try {
      await copyFolder(
        { from: job.proxied, to: target.remote, tally },
        { source: keptPath(from), ...folder },
      );
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      tally.skip("files", from, error.message);
    }
  } else if ((await count()) > 0) {
    tally.skip(
      "files",
      from,
      "they lie on the server's own disk: give that folder with --artifacts (one entry here stands for all files of a run or model)",
    );
  }
}
