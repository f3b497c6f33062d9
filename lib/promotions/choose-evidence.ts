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

export const canCount = ({ state, belongs }: Pick<ListedEvidence, "state" | "belongs">): boolean =>
  state === "confirmed" && belongs !== false;

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
  if (confirmed && confirmed.belongs === false)
    return `the evaluation of version ${version}${on} is of other files than those registered: evaluate the registered ones`;
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
