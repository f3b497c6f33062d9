import type { HistoryEntry } from "./wire";

/** A person by their address, a key by its name; "page" is from before people had accounts. */
export function actorWords(actor: string): string {
  if (actor === "page") return "a person, on these pages";
  if (actor === "cli") return "the command line";
  if (actor === "oidc") return "the identity provider";
  if (actor === "anonymous") return "somebody not signed in";
  return actor.replace(/^person:/, "").replace(/^key:/, "key ");
}

/** "key ada moved version 3 from Staging to Production". */
export const changeWords = (change: HistoryEntry): string =>
  `${actorWords(change.actor)} ${deedWords(change)}`;

/** "moved version 3 from Staging to Production". */
export function deedWords({ kind, subject, version, from, to }: HistoryEntry): string {
  switch (kind) {
    case "stage":
      return to === "Archived"
        ? `archived version ${subject}, which was ${from === "None" ? "in no stage" : `in ${from}`}`
        : `moved version ${subject} from ${stageWords(from)} to ${stageWords(to)}`;
    case "alias":
      if (to === null) return `took the alias ${subject} from version ${from}`;
      return from === null
        ? `gave version ${to} the alias ${subject}`
        : `moved the alias ${subject} from version ${from} to version ${to}`;
    case "tag":
      if (to === null) return `took the tag ${subject} from version ${version}`;
      return from === null
        ? `tagged version ${version} ${subject}: ${short(to)}`
        : `changed the tag ${subject} of version ${version} from ${short(from)} to ${short(to)}`;
    case "owner":
      return to === null
        ? `took version ${subject} from its owner ${from}`
        : `gave version ${subject} to ${to}${from === null ? "" : `, before ${from}`}`;
    case "description":
      return to === ""
        ? `took the description of version ${subject} away`
        : `${from === "" ? "described" : "rewrote the description of"} version ${subject}: ${short(to ?? "")}`;
  }
}

const stageWords = (stage: string | null) => (stage === "None" || stage === null ? "no stage" : stage);
const short = (text: string) => `“${text.length > 80 ? `${text.slice(0, 79)}…` : text}”`;
