/** A measurement at a place of the unit square. */
export type ContourPoint = { x: number; y: number; z: number };

export type ContourField = {
  columns: number;
  rows: number;
  /** Row by row from the bottom; null = no point is near enough to say anything. */
  values: (number | null)[];
  /** Least and most of the points' own values. */
  range: [number, number];
  /** How far from a point the field is drawn, as a share of the side. */
  reach: number;
  lines: { level: number; segments: Segment[] }[];
};

/** From (x1, y1) to (x2, y2), in shares of the sides. */
export type Segment = [x1: number, y1: number, x2: number, y2: number];

const COLUMNS = 56;
const ROWS = 40;
const LEVELS = 6;
/** Fewer places than this span no surface. */
export const LEAST_PLACES = 4;

/**
 * A smooth surface over scattered points: at each cell the mean of the points, weighted by a Gaussian of their distance
 * (Nadaraya–Watson; its deviation is a third of the reach). Nothing is drawn further than the reach from any point: one
 * and a half times the median distance between neighbouring places, at least 0.04 and at most 0.25 of the side. With it
 * come lines of equal height at evenly spaced levels (marching squares), only through cells whose corners are known.
 *
 * @param points x and y from 0 to 1; several at one place are averaged
 * @returns null with fewer than four different places, or where they lie on one line along an axis
 */
export function prepareContour(points: readonly ContourPoint[]): ContourField | null {
  const places = [...new Set(points.map(({ x, y }) => `${x} ${y}`))].map(
    (key) => key.split(" ").map(Number) as [number, number],
  );
  const flat = (at: 0 | 1) => new Set(places.map((place) => place[at])).size < 2;
  if (places.length < LEAST_PLACES || flat(0) || flat(1)) return null;
  const reach = reachOf(places);
  const deviation = reach / 3;
  const values: (number | null)[] = [];
  for (let row = 0; row < ROWS; row++) {
    for (let column = 0; column < COLUMNS; column++) {
      const x = column / (COLUMNS - 1);
      const y = row / (ROWS - 1);
      let weights = 0;
      let sum = 0;
      let nearest = Number.POSITIVE_INFINITY;
      for (const point of points) {
        const distance = Math.hypot(point.x - x, point.y - y);
        if (distance < nearest) nearest = distance;
        const weight = Math.exp(-(distance ** 2) / (2 * deviation ** 2));
        weights += weight;
        sum += weight * point.z;
      }
      values.push(nearest <= reach && weights > 0 ? sum / weights : null);
    }
  }
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { z } of points) {
    if (z < low) low = z;
    if (z > high) high = z;
  }
  const field = { columns: COLUMNS, rows: ROWS, values, range: [low, high] as [number, number], reach };
  const levels = Array.from({ length: LEVELS }, (_, i) => low + ((high - low) * (i + 1)) / (LEVELS + 1));
  return {
    ...field,
    lines: high > low ? levels.map((level) => ({ level, segments: isoline(field, level) })) : [],
  };
}

function reachOf(places: readonly (readonly [number, number])[]): number {
  const nearest = places
    .map(([x, y], at) => {
      let least = Number.POSITIVE_INFINITY;
      places.forEach(([u, v], other) => {
        if (other !== at) least = Math.min(least, Math.hypot(u - x, v - y));
      });
      return least;
    })
    .sort((a, b) => a - b);
  return Math.min(0.25, Math.max(0.04, 1.5 * nearest[Math.floor(nearest.length / 2)]!));
}

/** Where the surface crosses a level: in each cell the straight piece between the edges that it crosses. */
function isoline(
  { columns, rows, values }: Pick<ContourField, "columns" | "rows" | "values">,
  level: number,
) {
  const segments: Segment[] = [];
  const at = (column: number, row: number) => values[row * columns + column] ?? null;
  for (let row = 0; row + 1 < rows; row++) {
    for (let column = 0; column + 1 < columns; column++) {
      const corners = [
        { x: column, y: row, z: at(column, row) },
        { x: column + 1, y: row, z: at(column + 1, row) },
        { x: column + 1, y: row + 1, z: at(column + 1, row + 1) },
        { x: column, y: row + 1, z: at(column, row + 1) },
      ];
      if (corners.some(({ z }) => z === null)) continue;
      const crossed = corners.flatMap((a, edge) => {
        const b = corners[(edge + 1) % 4]!;
        if (a.z! < level === b.z! < level) return [];
        const share = (level - a.z!) / (b.z! - a.z!);
        return [
          {
            x: (a.x + (b.x - a.x) * share) / (columns - 1),
            y: (a.y + (b.y - a.y) * share) / (rows - 1),
          },
        ];
      });
      // Four crossings are a saddle: two pieces.
      for (let i = 0; i + 1 < crossed.length; i += 2) {
        segments.push([crossed[i]!.x, crossed[i]!.y, crossed[i + 1]!.x, crossed[i + 1]!.y]);
      }
    }
  }
  return segments;
}
