import { betterExtreme } from "./columns";
import type { ComparedRun } from "./compared";
import type { Dimension } from "./dimensions";

export type Goal = "min" | "max";

export type Trial = {
  run_id: string;
  name: string;
  /** Optuna's own count, else its place by start, from 0. */
  number: number;
  /** null where it has none: it failed, was pruned, or still runs. */
  value: number | null;
  state: string;
  /** Its place among the runs. */
  place: number;
};

export type Study = {
  /** Whether the runs were written by Optuna's callback for MLflow. */
  optuna: boolean;
  trials: Trial[];
  best: Trial | null;
  /** By number: of each trial with a value the best of all up to it. */
  history: { number: number; value: number; best: number; name: string }[];
  states: { state: string; trials: number }[];
  goal: Goal;
  /** Where the goal comes from: chosen on the page, a tag of the runs, or what the metric's name says. */
  goalFrom: "chosen" | "tag" | "name";
  /** As Optuna wrote them; several where the study has several goals. */
  directions: string[];
};

const tagOf = ({ tags }: ComparedRun, key: string) => tags.find((tag) => tag.key === key)?.value ?? null;

/** A trial's number and a direction are on every run that Optuna's callback logs. */
export const isTrial = (run: ComparedRun): boolean =>
  /^\d+$/.test(tagOf(run, "number") ?? "") && tagOf(run, "direction") !== null;

/** Ended as it should; a run that is no trial has no say in it. */
const isComplete = (run: ComparedRun): boolean =>
  !isTrial(run) || (tagOf(run, "state")?.toLowerCase() ?? "complete") === "complete";

/**
 * A metric without what trials reported that did not end: Optuna logs the last report of a pruned trial as its value, and
 * counts it neither for the best trial nor for what decides.
 */
export const ofCompleteTrials = (runs: readonly ComparedRun[], metric: Dimension): Dimension =>
  runs.every(isComplete)
    ? metric
    : { ...metric, values: metric.values.map((value, place) => (isComplete(runs[place]!) ? value : null)) };

/**
 * Runs of a sweep in the order in which they were tried. Where Optuna logged them, only its trials count.
 * @param metric the value that the sweep is about; its last value counts
 */
export function prepareStudy(
  runs: readonly ComparedRun[],
  metric: Dimension | null,
  chosen: Goal | null,
): Study {
  const optuna = runs.some(isTrial);
  const values = metric ? ofCompleteTrials(runs, metric).values : [];
  const places = runs.map((_, place) => place).filter((place) => !optuna || isTrial(runs[place]!));
  const ordered = optuna
    ? places.sort((a, b) => Number(tagOf(runs[a]!, "number")) - Number(tagOf(runs[b]!, "number")))
    : places.sort((a, b) => (runs[a]!.start_time ?? "").localeCompare(runs[b]!.start_time ?? "") || b - a);
  const trials = ordered.map((place, index): Trial => {
    const run = runs[place]!;
    const value = values[place] ?? null;
    return {
      run_id: run.run_id,
      name: run.run_name,
      number: optuna ? Number(tagOf(run, "number")) : index,
      value: typeof value === "number" ? value : null,
      state: tagOf(run, "state")?.toLowerCase() ?? run.status.toLowerCase(),
      place,
    };
  });
  const directions = optuna ? directionsOf(tagOf(runs[ordered[0]!]!, "direction") ?? "") : [];
  const { goal, goalFrom } = goalOf(metric, chosen, directions);
  const better = (a: number, b: number) => (goal === "min" ? a < b : a > b);
  let best: Trial | null = null;
  const history: Study["history"] = [];
  for (const trial of trials) {
    if (trial.value === null) continue;
    if (best === null || better(trial.value, best.value!)) best = trial;
    history.push({ number: trial.number, value: trial.value, best: best.value!, name: trial.name });
  }
  const states = new Map<string, number>();
  for (const { state } of trials) states.set(state, (states.get(state) ?? 0) + 1);
  return {
    optuna,
    trials,
    best,
    history,
    states: [...states]
      .map(([state, count]) => ({ state, trials: count }))
      .sort((a, b) => b.trials - a.trials),
    goal,
    goalFrom,
    directions,
  };
}

/** "MINIMIZE", or of several goals "['MINIMIZE', 'MAXIMIZE']". */
const directionsOf = (text: string): string[] => text.toUpperCase().match(/MINIMIZE|MAXIMIZE/g) ?? [];

function goalOf(
  metric: Dimension | null,
  chosen: Goal | null,
  directions: readonly string[],
): Pick<Study, "goal" | "goalFrom"> {
  if (chosen) return { goal: chosen, goalFrom: "chosen" };
  // Which of several goals a metric stands for is known only where all are alike, or by the number in its name.
  const said =
    new Set(directions).size === 1
      ? directions[0]
      : directions[Number(/_(\d+)$/.exec(metric?.key ?? "")?.[1])];
  if (said) return { goal: said === "MINIMIZE" ? "min" : "max", goalFrom: "tag" };
  return { goal: betterExtreme(metric?.key ?? ""), goalFrom: "name" };
}
