import { HEAT_BREAKS } from "@/lib/charts/heat";

const TEXTS = ["within chance", `under ${HEAT_BREAKS[0]}`, ...HEAT_BREAKS.map((at) => `${at}`)];

/** The shades with the distances they begin at, and what a hatched cell means. */
export function HeatLegend() {
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-2xs text-mute">
      <span>distance from</span>
      <ul className="flex flex-wrap items-center gap-x-2 gap-y-1">
        {TEXTS.map((text, level) => (
          <li key={text} className="flex items-center gap-1">
            <i className="h-2.5 w-3.5 rounded-[2px]" style={{ background: `var(--heat-${level})` }} />
            {text}
          </li>
        ))}
        <li className="flex items-center gap-1">
          <svg width="14" height="10" aria-hidden="true">
            <rect width="14" height="10" fill="url(#nothing-measured)" className="stroke-line" />
          </svg>
          nothing measured
        </li>
      </ul>
    </div>
  );
}
