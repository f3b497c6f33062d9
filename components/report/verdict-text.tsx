import type { Phrase } from "@/lib/models/verdict";

/** The verdict's sentences; a feature named in it can be looked at, one that moved is marked. */
export function VerdictText({
  phrases,
  moved,
  onFeature,
}: {
  phrases: readonly Phrase[];
  moved?: ReadonlySet<string>;
  onFeature?: (name: string) => void;
}) {
  return (
    <p className="verdict mb-1">
      {phrases.map((phrase, index) => {
        if (typeof phrase === "string") return phrase;
        const Mark = moved?.has(phrase.feature) ? "em" : "span";
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a phrase is its place in the sentence
          <Mark key={index}>
            <button
              type="button"
              onClick={() => onFeature?.(phrase.feature)}
              className="underline-offset-3 [overflow-wrap:anywhere] hover:underline"
            >
              {phrase.feature}
            </button>
          </Mark>
        );
      })}
    </p>
  );
}
