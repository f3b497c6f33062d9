export type LaneSize = { key: string; height: number; gapAbove: number };

/** Lanes under one another: each lane's top, and the height of them all. */
export function stackLanes<T extends LaneSize>(
  lanes: readonly T[],
): { lanes: (T & { top: number })[]; height: number } {
  let height = 0;
  const stacked = lanes.map((lane) => {
    const top = height + lane.gapAbove;
    height = top + lane.height;
    return { ...lane, top };
  });
  return { lanes: stacked, height };
}
