import { problemWords } from "@/lib/cards/read-card";
import type { CardProblem } from "@/lib/cards/schema";

const MOST_SHOWN = 8;

/** What is wrong with the text; each is a way to its line. */
export function ProblemList({
  problems,
  onOpen,
}: {
  problems: readonly CardProblem[];
  onOpen: (line: number) => void;
}) {
  return (
    <div role="status" className="empty:hidden">
      {problems.length > 0 ? (
        <ul className="mb-3 rounded-lg border border-line bg-high-soft px-3.5 py-2">
          {problems.slice(0, MOST_SHOWN).map((problem, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the same fault may stand twice on a line
            <li key={place}>
              <button
                type="button"
                className="break-words text-left text-high hover:underline"
                onClick={() => onOpen(problem.line)}
              >
                {problemWords(problem)}
              </button>
            </li>
          ))}
          {problems.length > MOST_SHOWN ? (
            <li className="text-high">and {problems.length - MOST_SHOWN} more</li>
          ) : null}
        </ul>
      ) : null}
    </div>
  );
}
