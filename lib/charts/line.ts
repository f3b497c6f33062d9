import { type Domain, heightOf } from "./scale";

export type LinePoint = {
  value: number | null;
  /** false: the bucket is still filling or its labels are still coming in. */
  ripe: boolean;
  band?: readonly [number, number] | null;
};

export type Line = {
  /** Ripe stretches, one subpath each: missing is a gap, never a bridge. */
  solid: string;
  /** Stretches that end in an unripe bucket. */
  pale: string;
  /** Single points with no neighbour, which a line alone would not show. */
  dots: { x: number; y: number; ripe: boolean }[];
  band: string;
};

/** One series over a lane: buckets' middles joined, gaps left open, unripe parts apart, the band behind. */
export function prepareLine(args: {
  points: readonly LinePoint[];
  domain: Domain;
  width: number;
  height: number;
}): Line {
  const { points, domain, width, height } = args;
  const step = width / Math.max(points.length, 1);
  const xAt = (index: number) => ((index + 0.5) * step).toFixed(2);
  const yAt = (value: number) => heightOf(domain, clamped(value), height).toFixed(2);
  let solid = "";
  let pale = "";
  const dots: Line["dots"] = [];
  points.forEach((point, index) => {
    if (point.value === null) return;
    const before = points[index - 1];
    const after = points[index + 1];
    if (before?.value != null) {
      const piece = `M${xAt(index - 1)} ${yAt(before.value)}L${xAt(index)} ${yAt(point.value)}`;
      if (before.ripe && point.ripe) solid += piece;
      else pale += piece;
    } else if (after?.value == null) {
      dots.push({ x: Number(xAt(index)), y: Number(yAt(point.value)), ripe: point.ripe });
    }
  });
  return { solid: joined(solid), pale: joined(pale), dots, band: bandPath() };

  function bandPath(): string {
    let path = "";
    points.forEach(({ band }, index) => {
      if (!band) return;
      const [low, high] = band;
      const x = index * step;
      path += `M${x.toFixed(2)} ${yAt(high)}H${(x + step).toFixed(2)}V${yAt(low)}H${x.toFixed(2)}z`;
    });
    return path;
  }

  function clamped(value: number): number {
    return Math.min(Math.max(value, domain[0]), domain[1]);
  }
}

/** Drops the moves between pieces that meet, so that a stretch is one subpath with proper joins. */
function joined(path: string): string {
  let out = "";
  let end = "";
  for (const [piece, from, to] of path.matchAll(/M([^LM]+)L([^LM]+)/g)) {
    out += from === end ? `L${to}` : piece;
    end = to!;
  }
  return out;
}
