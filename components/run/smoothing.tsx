import type { CurveAxis } from "@/lib/charts/curves";

export const AXIS_TITLE: Record<CurveAxis, string> = {
  step: "step",
  time: "time",
  relative: "relative time",
};

/** How much of the past a line keeps. */
export function Smoothing({ value, onChange }: { value: number; onChange: (value: number) => void }) {
  return (
    <label className="flex items-center gap-1.5 text-mute text-xs">
      smoothing
      <input
        type="range"
        min={0}
        max={0.99}
        step={0.01}
        value={value}
        onChange={(event) => onChange(Number(event.target.value))}
        className="w-24 accent-(--accent)"
      />
      <span className="w-7 text-right">{value.toFixed(2)}</span>
    </label>
  );
}
