import { ksSorted } from "@/lib/stats/kolmogorov-smirnov";
import { totalVariation } from "@/lib/stats/total-variation";
import { MINUTES_PER_DAY, minuteOf } from "./flight-table";
import { CATEGORICAL, Flights, JANUARY, LOGGED, NUMERIC } from "./flights";
import { type Quality, quality } from "./quality";
import { loadScorer } from "./score";

/**
 * What drifts in the flights, measured on all of them, against all of January: prints `FINDINGS.md`.
 * `npx tsx scripts/demo/findings.ts > scripts/demo/FINDINGS.md && npx biome format --write scripts/demo`, about 40 s.
 */

/** The bands of the product: from here on a distance is medium, and from there on high. */
const [MEDIUM, HIGH] = [0.1, 0.3];

interface Span {
  from: number;
  to: number;
}

/** Features, scores and labels of all flights as columns. */
interface Columns {
  numeric: Record<(typeof NUMERIC)[number], Float32Array>;
  categorical: Record<(typeof CATEGORICAL)[number], Uint16Array>;
  late: Uint8Array;
  scores: Record<"1" | "2", Float32Array>;
  region: string[];
}

const flights = await Flights.read();
const thresholds = { "1": 0, "2": 0 };
const columns = await readColumns();
const reference = {
  numeric: Object.fromEntries(NUMERIC.map((name) => [name, sortedValues(name, JANUARY)])),
  categorical: Object.fromEntries(CATEGORICAL.map((name) => [name, countsOf(name, JANUARY)])),
};

async function readColumns(): Promise<Columns> {
  const { rows, origin, destination } = flights.table;
  const result: Columns = {
    numeric: {
      recent_delay_at_origin: flights.recent,
      departure_hour: new Float32Array(rows),
      distance: new Float32Array(rows),
    },
    categorical: { origin, destination },
    late: new Uint8Array(rows),
    scores: { "1": new Float32Array(rows), "2": new Float32Array(rows) },
    region: [],
  };
  const scorers = [await loadScorer("1"), await loadScorer("2")];
  for (const { version, threshold } of scorers) thresholds[version] = threshold;
  for (let start = 0; start < rows; start += 8_192) {
    const batch = Array.from({ length: Math.min(8_192, rows - start) }, (_, i) => flights.at(start + i));
    batch.forEach(({ features, label, region }, i) => {
      result.numeric.departure_hour[start + i] = features.departure_hour;
      result.numeric.distance[start + i] = features.distance;
      result.late[start + i] = Number(label === "late");
      result.region[origin[start + i]!] = region;
    });
    for (const scorer of scorers) {
      result.scores[scorer.version].set(
        scorer.score(batch).map(({ score }) => score),
        start,
      );
    }
  }
  return result;
}

function sortedValues(name: (typeof NUMERIC)[number], span: Span): Float64Array {
  const { from, to } = flights.rows(span);
  return Float64Array.from(
    columns.numeric[name].subarray(from, to).filter((value) => !Number.isNaN(value)),
  ).sort();
}

function countsOf(name: (typeof CATEGORICAL)[number], span: Span): Float64Array {
  const { from, to } = flights.rows(span);
  const counts = new Float64Array(flights.table.airports.length);
  for (const code of columns.categorical[name].subarray(from, to)) counts[code]! += 1;
  return counts;
}

const gapOf = (name: (typeof NUMERIC)[number], span: Span) =>
  ksSorted({ reference: reference.numeric[name]!, current: sortedValues(name, span) })!;

const variationOf = (name: (typeof CATEGORICAL)[number], span: Span) =>
  totalVariation({ reference: reference.categorical[name]!, current: countsOf(name, span) })!;

interface Performance extends Quality {
  meanScore: number;
}

function performanceOf(version: "1" | "2", spans: Span[]): Performance {
  const parts = spans.map((span) => flights.rows(span));
  const scores = Float32Array.from(
    parts.flatMap(({ from, to }) => [...columns.scores[version].subarray(from, to)]),
  );
  const late = Uint8Array.from(parts.flatMap(({ from, to }) => [...columns.late.subarray(from, to)]));
  const meanScore = scores.reduce((sum, score) => sum + score, 0) / scores.length;
  return { ...quality(scores, late, thresholds[version]), meanScore };
}

function missingShare(span: Span): number {
  const { from, to } = flights.rows(span);
  return columns.numeric.recent_delay_at_origin.subarray(from, to).filter(Number.isNaN).length / (to - from);
}

/**
 * Who carries a gap: D is the difference, between January and the span, of the share of flights whose recent
 * delay is above the value where the gap is widest. That share is a sum over groups of flights, so each group's
 * part of D is the difference of its own terms, and the parts add up to D.
 */
function carriers(span: Span, location: number, groupOf: (airport: number) => string): [string, number][] {
  const parts = new Map<string, number>();
  for (const [side, sign] of [
    [JANUARY, -1],
    [span, 1],
  ] as const) {
    const { from, to } = flights.rows(side);
    const recent = columns.numeric.recent_delay_at_origin.subarray(from, to);
    const present = recent.filter((value) => !Number.isNaN(value)).length;
    recent.forEach((value, i) => {
      if (!(value > location)) return;
      const group = groupOf(columns.categorical.origin[from + i]!);
      parts.set(group, (parts.get(group) ?? 0) + sign / present);
    });
  }
  return [...parts].sort((a, b) => b[1] - a[1]);
}

interface Day extends Span {
  D: number;
  worse: boolean;
}

const dateOf = (minute: number) => new Date(minute * 60_000).toISOString().slice(0, 10);
const monthOf = (minute: number) => dateOf(minute).slice(0, 7);
const short = (minute: number) =>
  new Date(minute * 60_000).toLocaleDateString("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });

function daysOf(span: Span): Day[] {
  return Array.from({ length: (span.to - span.from) / MINUTES_PER_DAY }, (_, i) => {
    const day = { from: span.from + i * MINUTES_PER_DAY, to: span.from + (i + 1) * MINUTES_PER_DAY };
    const { statistic, location } = gapOf("recent_delay_at_origin", day);
    const ranks = (values: Float64Array) => values.filter((value) => value > location).length / values.length;
    const worse =
      ranks(sortedValues("recent_delay_at_origin", day)) > ranks(reference.numeric.recent_delay_at_origin!);
    return { ...day, D: statistic, worse };
  });
}

/** Days in a row on which delays were highly above January's. */
function burstsOf(days: Day[]): (Span & { days: number })[] {
  const bursts: (Span & { days: number })[] = [];
  for (const day of days.filter(({ D, worse }) => D >= HIGH && worse)) {
    const last = bursts.at(-1);
    if (last?.to === day.from) {
      last.to = day.to;
      last.days += 1;
    } else bursts.push({ from: day.from, to: day.to, days: 1 });
  }
  return bursts;
}

const monthStarts = ["01", "02", "03", "04", "05", "06", "07"].map((month) => minuteOf(`2001-${month}-01`));
const months = monthStarts.slice(0, -1).map((from, i) => ({ from, to: monthStarts[i + 1]! }));
const holdout = { from: minuteOf("2001-01-25"), to: JANUARY.to };

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
const n = (value: number) => value.toLocaleString("en");
const print = (...lines: string[]) => console.log(lines.join("\n"));
const table = (head: string[], rows: (string | number)[][]) =>
  print(
    `| ${head.join(" | ")} |`,
    `|${head.map((_, i) => (i === 0 ? "---" : "--:")).join("|")}|`,
    ...rows.map((row) => `| ${row.join(" | ")} |`),
    "",
  );

const january = daysOf(JANUARY);
const days = daysOf(LOGGED);
const bursts = burstsOf(days);
const burstDays = days.filter(({ D, worse }) => D >= HIGH && worse);
const betterDays = days.filter(({ D, worse }) => D >= HIGH && !worse);
const calmDays = days.filter(({ D, worse }) => !(D >= HIGH && worse));
const logged = [LOGGED];

print(
  "# What drifts in the flights",
  "",
  "Measured on all flights, not on the sample that the demo logs, by `npx tsx scripts/demo/findings.ts`. The reference is January 2001. D is the Kolmogorov–Smirnov distance of numbers, TV the total variation of categories; from 0.1 on medium, from 0.3 on high.",
  "",
  "## By month, by feature",
  "",
);
table(
  [
    "month",
    "flights",
    "recent_delay_at_origin, D",
    "of it missing",
    "departure_hour, D",
    "distance, D",
    "origin, TV",
    "destination, TV",
  ],
  months.map((month, i) => {
    const { from, to } = flights.rows(month);
    const distance = (name: (typeof NUMERIC)[number]) =>
      i === 0 ? "–" : gapOf(name, month).statistic.toFixed(3);
    const variation = (name: (typeof CATEGORICAL)[number]) =>
      i === 0 ? "–" : variationOf(name, month).toFixed(3);
    return [
      `${monthOf(month.from)}${i === 0 ? " (reference)" : ""}`,
      n(to - from),
      distance("recent_delay_at_origin"),
      percent(missingShare(month)),
      distance("departure_hour"),
      distance("distance"),
      variation("origin"),
      variation("destination"),
    ];
  }),
);
const largest = (values: number[]) => Math.max(...values).toFixed(3);
const listed = (names: string[]) => names.join(", ") || "no month";
const later = months.slice(1);
print(
  `Over a month the bad days and the good ones mix, so little is left: the recent delay reaches the floor of ${MEDIUM} in ${listed(later.filter((month) => gapOf("recent_delay_at_origin", month).statistic >= MEDIUM).map(({ from }) => monthOf(from)))}. Its largest monthly D is ${largest(later.map((month) => gapOf("recent_delay_at_origin", month).statistic))}; of the other features no monthly distance is above ${largest(
    later.flatMap((month) => [
      gapOf("departure_hour", month).statistic,
      gapOf("distance", month).statistic,
      variationOf("origin", month),
      variationOf("destination", month),
    ]),
  )}.`,
  "",
  "## By day: bursts, not a trend",
  "",
);
table(
  ["month", "days", `D ≥ ${MEDIUM}`, `D ≥ ${HIGH}`, "of these later than January", "of these earlier"],
  months.map((month) => {
    const own = [...january, ...days].filter(({ from }) => from >= month.from && from < month.to);
    const high = own.filter(({ D }) => D >= HIGH);
    return [
      monthOf(month.from),
      own.length,
      own.filter(({ D }) => D >= MEDIUM).length,
      high.length,
      high.filter(({ worse }) => worse).length,
      high.filter(({ worse }) => !worse).length,
    ];
  }),
);
const otherHigh = (name: (typeof NUMERIC)[number]) => largest(days.map((day) => gapOf(name, day).statistic));
const otherVariation = (name: (typeof CATEGORICAL)[number]) =>
  largest(days.map((day) => variationOf(name, day)));
print(
  `D is of the recent delay at the origin, each day against January; January's own days stand there to show that weather comes in bursts in the reference, too. On the worst single day the other features reach: departure_hour ${otherHigh("departure_hour")}, distance ${otherHigh("distance")}, origin ${otherVariation("origin")}, destination ${otherVariation("destination")}.`,
  "",
  `The ${bursts.length} bursts (days in a row with D ≥ ${HIGH}, delays above January's; ${burstDays.length} of ${days.length} days):`,
  "",
);
table(
  [
    "burst",
    "flights",
    "D",
    "widest at, min",
    "late",
    "AUC v1",
    "AUC v2",
    "mean score v1",
    "carried by region",
    "by origin",
  ],
  bursts.map((burst) => {
    const { statistic, location } = gapOf("recent_delay_at_origin", burst);
    const share = ([name, part]: [string, number]) => `${name} ${Math.round((100 * part) / statistic)} %`;
    const { airports } = flights.table;
    const v1 = performanceOf("1", [burst]);
    const last = burst.to - MINUTES_PER_DAY;
    return [
      burst.days === 1 ? short(burst.from) : `${short(burst.from)} – ${short(last)}`,
      n(v1.n),
      statistic.toFixed(3),
      location.toFixed(1),
      percent(v1.lateShare),
      v1.auc!.toFixed(3),
      performanceOf("2", [burst]).auc!.toFixed(3),
      percent(v1.meanScore),
      carriers(burst, location, (airport) => columns.region[airport]!)
        .slice(0, 2)
        .map(share)
        .join(", "),
      carriers(burst, location, (airport) => airports[airport]!)
        .slice(0, 4)
        .map(share)
        .join(", "),
    ];
  }),
);
print(
  "The percentages are parts of D: they add up to 100 over all regions, and over all origins.",
  "",
  "## What it cost the models",
  "",
);
for (const version of ["1", "2"] as const) {
  print(
    `Version ${version}, ${version === "1" ? "logistic regression" : "multilayer perceptron (16, 8)"}, says "late" from a score of ${thresholds[version]}:`,
    "",
  );
  const row = (name: string, spans: Span[]) => {
    const q = performanceOf(version, spans);
    return [
      name,
      n(q.n),
      percent(q.lateShare),
      percent(q.meanScore),
      q.auc!.toFixed(4),
      q.logLoss.toFixed(4),
      q.brier.toFixed(4),
      percent(q.accuracy),
    ];
  };
  table(
    ["flights of", "n", "late", "mean score", "AUC", "log loss", "Brier", "accuracy"],
    [
      row("1 – 24 January (training)", [{ from: JANUARY.from, to: holdout.from }]),
      row("25 – 31 January (held out)", [holdout]),
      ...later.map((month) => row(monthOf(month.from), [month])),
      row("burst days, February – June", burstDays),
      row("all other days", calmDays),
      row("February – June", logged),
    ],
  );
}
const [burst1, calm1, all1] = [
  performanceOf("1", burstDays),
  performanceOf("1", calmDays),
  performanceOf("1", logged),
];
const better = performanceOf("1", betterDays);
const all2 = performanceOf("2", logged);
print(
  "## In words",
  "",
  `- Only one input drifts: the recent delay at the origin, on ${burstDays.length} of ${days.length} days, in ${bursts.length} bursts of ${Math.min(...bursts.map((b) => b.days))} to ${Math.max(...bursts.map((b) => b.days))} days. On ${betterDays.length} more days it is as far from January the other way: delays were smaller (${percent(better.lateShare)} late, version 1 expects ${percent(better.meanScore)}).`,
  `- On the burst days ${percent(burst1.lateShare)} of flights are late, on the others ${percent(calm1.lateShare)}. Version 1 expects ${percent(burst1.meanScore)} and ${percent(calm1.meanScore)}: it sees the bad days coming, ${burst1.meanScore < burst1.lateShare ? "though not all of it" : "and overdoes it"}.`,
  `- AUC on the burst days is ${burst1.auc!.toFixed(3)}, on the others ${calm1.auc!.toFixed(3)}: the drift ${Math.abs(burst1.auc! - calm1.auc!) < 0.01 ? "hardly changes" : burst1.auc! > calm1.auc! ? "does not cost" : "costs"} ranking. What it changes is the error that depends on how many are late: the Brier score goes from ${calm1.brier.toFixed(3)} to ${burst1.brier.toFixed(3)}, accuracy from ${percent(calm1.accuracy)} to ${percent(burst1.accuracy)}.`,
  `- Version 2 against version 1 over February to June: AUC ${all2.auc!.toFixed(4)} against ${all1.auc!.toFixed(4)}, log loss ${all2.logLoss.toFixed(4)} against ${all1.logLoss.toFixed(4)}.`,
);
