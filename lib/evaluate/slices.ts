import { TidemarkError } from "@/lib/errors";
import { benjaminiHochberg } from "@/lib/stats/benjamini-hochberg";
import { lossEstimate } from "./classes";
import { type Groups, groupsOf, inRange, NO_GROUP } from "./groups";
import type { EvaluationColumn, EvaluationOptions, Outcomes } from "./input";
import type { Pace } from "./pace";
import type { Metrics, Slice, SliceSearch, SliceTerm } from "./schema";
import { type Cells, scoreOrder, sliceAreas } from "./slice-areas";
import { type Gap, type Tally, tallyOf } from "./slice-tally";
import type { Usable } from "./usable";

export const DEFAULT_MINIMUM = 100;
const LEAST_MINIMUM = 10;
/** Slices of two features that are listed, the worst; those of one feature all are. */
const MOST_LISTED = 300;

/** A slice as codes of groups, its sums, and how it compares with the rest. */
type Found = { groups: Groups[]; codes: number[]; sums: Float64Array; gap: Gap };

export type SlicePart = { slices: Slice[]; slice_search: SliceSearch };

/**
 * Searches the slices of one and of two features in which the model errs most.
 *
 * Every slice of at least `minimumN` rows is compared with all other rows, in its error rate (pooled two-proportion z-test,
 * Newcombe's interval) or its mean squared error (Welch). Many are searched, so some look bad by chance: the interval of
 * each gap has confidence 1 − 0.05/searched (Bonferroni: all hold at once 95 % of the time), and slices stand in the order
 * of its lower bound, which is high only where a slice is both worse and large enough to be sure. q_value is
 * Benjamini–Hochberg's.
 *
 * @returns null without columns. O(rows · features²).
 */
export async function searchSlices(
  outcomes: Outcomes,
  usable: Usable,
  losses: Float64Array,
  { columns = [], slices: wanted = {} }: EvaluationOptions,
  pace: Pace,
): Promise<SlicePart | null> {
  const chosen = chosenColumns(columns, wanted.features);
  if (chosen.length === 0) return null;
  const minimum = Math.max(LEAST_MINIMUM, wanted.minimumN ?? DEFAULT_MINIMUM);
  const depth = wanted.depth ?? 2;
  const tally = tallyOf(outcomes, usable);
  const cells = new Int32Array(usable.rows.length);
  const whole = tallied(tally, cells, 1);
  const candidates: Omit<Found, "gap">[] = [];
  let tooSmall = 0;
  const features: Groups[] = [];
  const leftOut: string[] = [];
  for (const column of chosen) {
    const groups = groupsOf(column, usable.rows, minimum);
    if (groups.terms.length > 0) features.push(groups);
    else leftOut.push(column.name);
    tooSmall += groups.dropped;
    for (let i = 0; i < cells.length; i++) cells[i] = groups.codes[i] === NO_GROUP ? -1 : groups.codes[i]!;
    const sums = tallied(tally, cells, groups.terms.length);
    groups.terms.forEach((_, code) => {
      candidates.push({ groups: [groups], codes: [code], sums: part(sums, code, tally.width) });
    });
    await pace.step(0.2 + (0.2 * features.length) / chosen.length);
  }
  const pairs = depth === 2 ? pairsOf(features) : [];
  for (const [index, [first, second]] of pairs.entries()) {
    const wide = second.terms.length;
    for (let i = 0; i < cells.length; i++) {
      const [a, b] = [first.codes[i]!, second.codes[i]!];
      cells[i] = a === NO_GROUP || b === NO_GROUP ? -1 : a * wide + b;
    }
    const sums = tallied(tally, cells, first.terms.length * wide);
    for (let cell = 0; cell < first.terms.length * wide; cell++) {
      const own = part(sums, cell, tally.width);
      const n = tally.rows(own);
      if (n >= minimum) {
        candidates.push({
          groups: [first, second],
          codes: [Math.floor(cell / wide), cell % wide],
          sums: own,
        });
      } else if (n > 0) tooSmall++;
    }
    await pace.step(0.4 + (0.45 * index) / pairs.length);
  }
  const { listed, searched } = rank(candidates, whole, tally);
  const scored = await scoredMetrics(outcomes, usable, losses, listed, pace);
  return {
    slices: listed.map((found) => described(found, tally, scored.get(found))),
    slice_search: {
      of: tally.of,
      features: features.map(({ feature }) => feature),
      left_out: leftOut,
      depth,
      minimum_n: minimum,
      searched,
      too_small: tooSmall,
      listed: listed.length,
    },
  };
}

function chosenColumns(
  columns: readonly EvaluationColumn[],
  names: readonly string[] | undefined,
): readonly EvaluationColumn[] {
  if (!names) return columns;
  return names.map((name) => columnNamed(columns, name));
}

export function columnNamed(columns: readonly EvaluationColumn[], name: string): EvaluationColumn {
  const found = columns.find((column) => column.name === name);
  if (found) return found;
  const has = columns.slice(0, 20).map((column) => column.name);
  throw new TidemarkError(
    "bad_request",
    `the dataset has no column "${name}" to slice by: choose one of ${has.join(", ") || "its columns"}`,
  );
}

function tallied(tally: Tally, cells: Int32Array, slices: number): Float64Array {
  const sums = new Float64Array(slices * tally.width);
  tally.add(sums, cells);
  return sums;
}

const part = (sums: Float64Array, slice: number, width: number) =>
  sums.slice(slice * width, (slice + 1) * width);

function pairsOf(features: readonly Groups[]): [Groups, Groups][] {
  return features.flatMap((first, i) =>
    features.slice(i + 1).map((second): [Groups, Groups] => [first, second]),
  );
}

type Ranked = Found & { q: number };

function rank(
  candidates: readonly Omit<Found, "gap">[],
  whole: Float64Array,
  tally: Tally,
): { listed: Ranked[]; searched: number } {
  // A slice that leaves hardly a row out has nothing to be compared with.
  const comparable = candidates.filter(({ sums }) => tally.rows(whole) - tally.rows(sums) >= LEAST_MINIMUM);
  const confidence = 1 - 0.05 / Math.max(1, comparable.length);
  const gaps = comparable.map(({ sums }) =>
    tally.gap(
      sums,
      whole.map((all, i) => all - sums[i]!),
      confidence,
    ),
  );
  const q = benjaminiHochberg(gaps.map((gap) => gap.p_value));
  const ranked = comparable
    .map((found, i): Ranked => ({ ...found, gap: gaps[i]!, q: q[i]! }))
    .sort((a, b) => b.gap.low - a.gap.low || b.gap.value - a.gap.value);
  let pairs = 0;
  const listed = ranked.filter(({ codes }) => codes.length === 1 || pairs++ < MOST_LISTED);
  return { listed, searched: comparable.length };
}

/** What takes the scores row by row: the area under the curve and the log loss of each slice that is listed. */
async function scoredMetrics(
  outcomes: Outcomes,
  usable: Usable,
  losses: Float64Array,
  listed: readonly Ranked[],
  pace: Pace,
): Promise<Map<Ranked, Metrics>> {
  const found = new Map<Ranked, Metrics>();
  if (!usable.scores || outcomes.task === "regression") return found;
  const isBinary = outcomes.task === "binary";
  const order = isBinary ? scoreOrder(usable.scores) : null;
  const isPositive = new Uint8Array(usable.rows.length);
  if (isBinary)
    for (let i = 0; i < isPositive.length; i++)
      isPositive[i] = Number(usable.labels[i] === outcomes.positive);
  const together = byFeatures(listed);
  for (const [index, slices] of together.entries()) {
    await pace.step(0.86 + (0.1 * index) / together.length);
    const cells = cellsOf(slices, losses.length);
    const areas = order && sliceAreas(cells, isPositive, order);
    const sums = slices.map(() => ({ n: 0, sum: 0, sumOfSquares: 0 }));
    for (let i = 0; i < losses.length; i++) {
      const own = sums[cells.codes[i]!];
      if (!own) continue;
      own.n++;
      own.sum += losses[i]!;
      own.sumOfSquares += losses[i]! ** 2;
    }
    slices.forEach((slice, place) => {
      found.set(slice, {
        ...(areas ? { auc: areas[place]! } : {}),
        log_loss: lossEstimate(sums[place]!),
      });
    });
  }
  return found;
}

/** Slices of the same features, which no row is in two of. */
function byFeatures(listed: readonly Ranked[]): Ranked[][] {
  const together = new Map<string, Ranked[]>();
  for (const slice of listed) {
    const key = JSON.stringify(slice.groups.map(({ feature }) => feature));
    together.set(key, [...(together.get(key) ?? []), slice]);
  }
  return [...together.values()];
}

const NO_CELL = 0xffff;

/** Of each row, its place among slices of the same one or two features. */
function cellsOf(slices: readonly Ranked[], rows: number): Cells {
  const [first, second] = slices[0]!.groups as [Groups, Groups | undefined];
  const wide = second ? second.terms.length : 1;
  const places = new Uint16Array(first.terms.length * wide).fill(NO_CELL);
  slices.forEach(({ codes: [a, b] }, place) => {
    places[a! * wide + (b ?? 0)] = place;
  });
  const codes = new Uint16Array(rows).fill(NO_CELL);
  for (let i = 0; i < rows; i++) {
    const a = first.codes[i]!;
    const b = second ? second.codes[i]! : 0;
    if (a !== NO_GROUP && b !== NO_GROUP) codes[i] = places[a * wide + b]!;
  }
  return { codes, size: slices.length, none: NO_CELL };
}

function described(
  { groups, codes, sums, gap, q }: Ranked,
  tally: Tally,
  scored: Metrics | undefined,
): Slice {
  return {
    slice: codes.map((code, i) => groups[i]!.terms[code]!),
    n: tally.rows(sums),
    metrics: { ...tally.metrics(sums), ...scored },
    gap: { ...gap, q_value: q },
  };
}

/**
 * Which rows (1) lie in a slice of a report, to be given to `EvaluationOptions.rows`.
 * @throws TidemarkError `bad_request` for a feature that no column has. O(rows).
 */
export function rowsOfSlice(columns: readonly EvaluationColumn[], slice: readonly SliceTerm[]): Uint8Array {
  let marks: Uint8Array | null = null;
  for (const term of slice) {
    const column = columnNamed(columns, term.feature);
    const own = column.kind === "categorical" ? inCategory(column, term) : inNumbers(column, term);
    if (marks) for (let i = 0; i < own.length; i++) own[i]! &= marks[i]!;
    marks = own;
  }
  return marks ?? new Uint8Array();
}

function inCategory(
  { codes, dictionary }: Extract<EvaluationColumn, { kind: "categorical" }>,
  { value }: SliceTerm,
): Uint8Array {
  const marks = new Uint8Array(codes.length);
  const code = value === null ? -1 : dictionary.indexOf(value);
  if (value !== null && code < 0) return marks;
  for (let i = 0; i < codes.length; i++) marks[i] = Number(codes[i] === code);
  return marks;
}

function inNumbers(
  { values }: Extract<EvaluationColumn, { kind: "numerical" }>,
  term: SliceTerm,
): Uint8Array {
  const marks = new Uint8Array(values.length);
  for (let i = 0; i < values.length; i++) {
    marks[i] = Number(term.value === null ? Number.isNaN(values[i]!) : inRange(values[i]!, term));
  }
  return marks;
}
