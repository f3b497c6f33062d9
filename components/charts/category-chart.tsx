import { cn } from "@/components/ui/cn";
import type { CategoryBar, CategoryBars } from "@/lib/charts/categories";
import { formatCount, formatShare } from "@/lib/charts/format";

/** Paired horizontal bars, reference over current, with shares in figures; HTML, so it reads as a table. */
export function CategoryChart({
  bars: { bars, top },
  otherCategories,
  label,
  topPsi,
}: {
  bars: CategoryBars;
  otherCategories: number;
  label: string;
  /** The largest PSI contribution of any category, for the strip. */
  topPsi: number;
}) {
  return (
    <table className="w-full border-collapse text-xs">
      <caption className="sr-only">{label}</caption>
      <thead className="text-2xs text-mute">
        <tr>
          <th scope="col" className="w-[26%] py-1 text-left font-normal">
            category
          </th>
          <th scope="col" className="py-1 text-left font-normal">
            share of rows
          </th>
          <th scope="col" className="w-16 py-1 text-right font-normal">
            before
          </th>
          <th scope="col" className="w-16 py-1 text-right font-normal">
            now
          </th>
          <th scope="col" className="w-10 py-1 text-right font-normal">
            <abbr title="what the category adds to PSI" className="no-underline">
              PSI
            </abbr>
          </th>
        </tr>
      </thead>
      <tbody>
        {bars.map((bar) => (
          <Row key={bar.name} bar={bar} top={top} otherCategories={otherCategories} topPsi={topPsi} />
        ))}
      </tbody>
    </table>
  );
}

function Row({
  bar,
  top,
  otherCategories,
  topPsi,
}: {
  bar: CategoryBar;
  top: number;
  otherCategories: number;
  topPsi: number;
}) {
  const percent = (share: number) => `${top > 0 ? (share / top) * 100 : 0}%`;
  return (
    <tr className="border-line-soft border-b last:border-0">
      <th scope="row" className="max-w-0 truncate py-1 pr-2 text-left font-normal" title={bar.name}>
        {bar.isOther ? <span className="text-mute">{formatCount(otherCategories)} others</span> : bar.name}
        {bar.isNew ? <span className="ml-1.5 text-2xs text-warn">new</span> : null}
      </th>
      <td className="py-1">
        <div
          className="h-1.5 rounded-r-[2px] bg-chart-reference"
          style={{ width: percent(bar.referenceShare) }}
        />
        <div
          className={cn(
            "mt-px h-1.5 rounded-r-[2px]",
            bar.isNew ? "bg-chart-contribution" : "bg-chart-current",
          )}
          style={{ width: percent(bar.currentShare) }}
        />
      </td>
      <td className="py-1 text-right text-mute" title={`${formatCount(bar.referenceN)} rows`}>
        {formatShare(bar.referenceShare)}
      </td>
      <td className="py-1 text-right" title={`${formatCount(bar.currentN)} rows`}>
        {formatShare(bar.currentShare)}
      </td>
      <td className="py-1 pl-2">
        <div
          className="h-2.5 bg-chart-contribution"
          style={{ opacity: topPsi > 0 ? Math.abs(bar.psi) / topPsi : 0 }}
          title={`adds ${bar.psi.toFixed(4)} to PSI`}
        />
      </td>
    </tr>
  );
}
