import { cn } from "@/components/ui/cn";

/** A feature's name beside its lane; choosing it shows its evidence. */
export function FeatureLabel({
  name,
  note,
  chosen,
  onChoose,
}: {
  name: string;
  note?: string;
  chosen: boolean;
  onChoose: () => void;
}) {
  return (
    <button
      type="button"
      aria-pressed={chosen}
      title={name}
      onClick={onChoose}
      className={cn(
        "max-w-full truncate rounded-sm text-right hover:text-accent",
        chosen ? "font-semibold text-ink" : "text-soft",
      )}
    >
      {name}
      {note ? <span className="ml-1 font-normal text-2xs text-mute">{note}</span> : null}
    </button>
  );
}
