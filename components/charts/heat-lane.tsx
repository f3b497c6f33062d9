import { prepareHeatRow } from "@/lib/charts/heat";

/** One feature's distance per bucket as cells; hatched where nothing was measured. */
export function HeatLane({
  effect,
  band,
  width,
  height,
}: {
  effect: readonly (number | null)[];
  band: readonly (number | null)[];
  width: number;
  height: number;
}) {
  const row = prepareHeatRow({ effect, band, width, height });
  return (
    <>
      {row.empty ? <path d={row.empty} fill="url(#nothing-measured)" /> : null}
      {row.shades.map(({ level, path }) => (
        <path key={level} d={path} style={{ fill: `var(--heat-${level})` }} />
      ))}
    </>
  );
}
