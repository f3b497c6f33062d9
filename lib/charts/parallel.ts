import { type Axis, type AxisKind, prepareAxis } from "./axis";

export type ParallelInput = { id: string; numeric: boolean; values: readonly (number | string | null)[] };

export type ParallelAxis = {
  id: string;
  /** 0 left to 1 right. */
  x: number;
  marks: { y: number; text: string }[];
};

export type ParallelLine = {
  /** 0 bottom to 1 top at each axis; null = nothing logged there. */
  at: (number | null)[];
  /** Where it stands on the last axis, for its colour. */
  end: number | null;
};

export type DrawnParallel = { axes: ParallelAxis[]; lines: ParallelLine[] };

/** Categories stand evenly; more names than this on an axis could not be read. */
const MOST_MARKS = 12;

/**
 * Runs as lines over upright axes. A number stands by its size, or by its logarithm; a category by the order of its
 * name.
 */
export function prepareParallel(
  inputs: readonly ParallelInput[],
  { write, kindOf = () => "linear" }: { write: (value: number) => string; kindOf?: (id: string) => AxisKind },
): DrawnParallel {
  const runs = inputs[0]?.values.length ?? 0;
  const placed = inputs.map((input) =>
    input.numeric ? numbers(input, write, kindOf(input.id)) : categories(input),
  );
  return {
    axes: inputs.map(({ id }, index) => ({
      id,
      x: inputs.length === 1 ? 0.5 : index / (inputs.length - 1),
      marks: placed[index]!.marks,
    })),
    lines: Array.from({ length: runs }, (_, run) => {
      const at = placed.map(({ places }) => places[run] ?? null);
      return { at, end: at.at(-1) ?? null };
    }),
  };
}

type Placed = { places: (number | null)[]; marks: { y: number; text: string }[] };

function numbers({ values }: ParallelInput, write: (value: number) => string, kind: AxisKind): Placed {
  const found = values.map((value) => (typeof value === "number" ? value : null));
  const axis: Axis | null = prepareAxis(found, { kind, ticks: 5 });
  if (!axis) return { places: found.map(() => null), marks: [] };
  return {
    places: found.map((value) => (value === null ? null : axis.place(value))),
    marks: axis.ticks.map((tick) => ({ y: axis.place(tick) ?? 0, text: write(tick) })),
  };
}

function categories({ values }: ParallelInput): Placed {
  const names = [...new Set(values.filter((value) => value !== null).map(String))].sort();
  const place = new Map(
    names.map((name, index) => [name, names.length === 1 ? 0.5 : index / (names.length - 1)]),
  );
  const every = Math.ceil(names.length / MOST_MARKS);
  return {
    places: values.map((value) => (value === null ? null : place.get(String(value))!)),
    marks: names
      .filter((_, index) => index % every === 0)
      .map((name) => ({ y: place.get(name)!, text: name })),
  };
}
