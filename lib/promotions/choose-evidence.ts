import { plural } from "@/lib/charts/format";
import type { Evidence, ListedEvidence } from "./inputs";

/** What counts, or why nothing does and which version is to be evaluated. */
export type Choice =
  | { evidence: Evidence; why?: undefined }
  | { evidence: null; why: string; version: string };

/**
 * The evaluation that counts: the latest that the server has confirmed, of the version's own files, on the dataset that
 * is asked for. Contradicted and unrepeated ones never count, nor do they hide an older one that does.
 */
export function chooseEvidence(
  all: readonly ListedEvidence[],
  version: string,
  { dataset, among }: { dataset: string | null; among?: ReadonlySet<string> },
): Choice {
  const onSet = all.filter((each) => dataset === null || each.dataset === dataset);
  const counts = onSet.find(
    (each): each is Evidence => canCount(each) && each.report !== null && (!among || among.has(each.dataset)),
  );
  if (counts) return { evidence: counts };
  return { evidence: null, why: whyNone(onSet, version, dataset, among), version };
}

type Standing = Pick<ListedEvidence, "state" | "belongs" | "by_its_label" | "n_missing_prediction">;

export const canCount = (each: Standing): boolean => each.state === "confirmed" && whyNot(each) === null;

/** Why evidence that is confirmed says nothing of the version; null where it does. */
function whyNot({ belongs, by_its_label, n_missing_prediction }: Standing): string | null {
  if (belongs === false) return "is of other files than those registered: evaluate the registered ones";
  if (by_its_label === false)
    return "is by another column than the one the dataset is registered with as its label: name the column when the dataset is registered, and evaluate by it";
  // Else a mapping could leave out the rows that a model does badly on.
  if (n_missing_prediction > 0)
    return `leaves ${plural(n_missing_prediction, "row")} without a prediction: say in the mapping what a missing value and another category become, and evaluate all of them`;
  return null;
}

function whyNone(
  onSet: readonly ListedEvidence[],
  version: string,
  dataset: string | null,
  among: ReadonlySet<string> | undefined,
): string {
  const on = dataset === null ? "" : ` on the dataset ${dataset.slice(0, 12)}`;
  const [latest] = onSet;
  if (!latest) return `version ${version} has no evaluation${on}: evaluate it and save that as evidence`;
  const confirmed = onSet.find((each) => each.state === "confirmed");
  const unfit = confirmed && whyNot(confirmed);
  if (unfit) return `the evaluation of version ${version}${on} ${unfit}`;
  if (confirmed && among)
    return `version ${version} has no confirmed evaluation on a dataset that the champion was evaluated on: evaluate both on the same`;
  switch (latest.state) {
    case "contradicted":
      return `the evaluation of version ${version}${on} was contradicted when the server repeated it`;
    case "failed":
      return `the server could not repeat the evaluation of version ${version}${on}, so it is not confirmed`;
    default:
      return `the evaluation of version ${version}${on} is not confirmed yet: the server has not repeated it`;
  }
}

/** The pair that a comparison with the champion rests on: both confirmed, on one dataset. */
export function choosePair(
  evidence: { challenger: readonly ListedEvidence[]; champion: readonly ListedEvidence[] },
  { version, champion, dataset }: { version: string; champion: string; dataset: string | null },
):
  | { challenger: Evidence; champion: Evidence; why?: undefined }
  | { challenger: null; why: string; version: string } {
  const sets = new Set(evidence.champion.filter(canCount).map((each) => each.dataset));
  const held = chooseEvidence(evidence.champion, champion, { dataset });
  if (!held.evidence) return { ...held, challenger: null };
  const asked = chooseEvidence(evidence.challenger, version, { dataset, among: sets });
  if (!asked.evidence) return { ...asked, challenger: null };
  const same = chooseEvidence(evidence.champion, champion, { dataset: asked.evidence.dataset });
  return same.evidence
    ? { challenger: asked.evidence, champion: same.evidence }
    : { ...same, challenger: null };
}
