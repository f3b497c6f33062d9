import { expect, test } from "vitest";
import { parseColumn } from "@/lib/experiments/columns";
import type { RunCell, RunPage, RunRow } from "@/lib/experiments/schema";
import {
  differingColumns,
  groupKey,
  layOutGroups,
  layOutRuns,
  numericColumns,
  renewRuns,
  runKey,
} from "./rows";

const COLUMNS = ["metrics.acc", "params.lr", "params.kind"].map((id) => parseColumn(id)!);

const run = (run_id: string, cells: RunCell[] = [null, null, null], children = 0): RunRow => ({
  run_id,
  run_name: run_id,
  status: "FINISHED",
  user_id: "",
  start_time: null,
  end_time: null,
  parent_run_id: null,
  children,
  cells,
});
const page = (runs: RunRow[], total: number | null = runs.length): RunPage => ({
  columns: COLUMNS,
  runs,
  next_cursor: null,
  total,
});
const shape = (rows: ReturnType<typeof layOutRuns>) =>
  rows.map((row) =>
    row.type === "run"
      ? `${" ".repeat(row.depth)}${row.run.run_id}`
      : row.type === "rest"
        ? `+${row.count}`
        : row.type,
  );

test("children stand under an open parent, and what did not fit is counted", () => {
  const roots = [page([run("a", undefined, 3), run("b")])];
  expect(shape(layOutRuns(roots, new Map()))).toEqual(["a", "b"]);
  expect(shape(layOutRuns(roots, new Map([[runKey("a"), undefined]])))).toEqual(["a", "waiting", "b"]);
  const inside = new Map([[runKey("a"), page([run("c", undefined, 1), run("d")], 3)]]);
  expect(shape(layOutRuns(roots, inside))).toEqual(["a", " c", " d", "+1", "b"]);
});

test("a run that names itself as its child's child does not stand in itself for ever", () => {
  const loop = page([run("a", undefined, 1)]);
  expect(shape(layOutRuns([loop], new Map([[runKey("a"), loop]])))).toEqual(["a", " a"]);
});

test("runs stand in their open groups", () => {
  const groups = [
    { value: "0.1", runs: 2, means: [0.5, null, null] },
    { value: null, runs: 1, means: [null, null, null] },
  ];
  const rows = layOutGroups(COLUMNS, groups, new Map([[groupKey(null), page([run("x")])]]));
  expect(shape(rows)).toEqual(["group", "group", " x"]);
  expect(rows[0]).toMatchObject({ open: false });
  const [first] = rows;
  expect(first?.type === "group" ? first.means.get("metrics.acc") : null).toBe(0.5);
});

test("only columns that differ, only params that are numbers", () => {
  const rows = layOutRuns([page([run("a", [1, "0.1", "tree"]), run("b", [1, "1e-3", "tree"])])], new Map());
  expect(differingColumns(COLUMNS, rows).map(({ id }) => id)).toEqual(["params.lr"]);
  expect(differingColumns(COLUMNS, rows.slice(0, 1))).toHaveLength(3);
  expect([...numericColumns(COLUMNS, rows)]).toEqual(["metrics.acc", "params.lr"]);
});

test("runs that were asked for again stand in the place of what they were", () => {
  const pages = [page([run("a", [1, null, null]), run("b", [2, null, null])])];
  const renewed = renewRuns(pages, page([run("b", [3, null, null])]));
  expect(renewed[0]!.runs.map(({ cells }) => cells[0])).toEqual([1, 3]);
  expect(renewRuns(pages, undefined)).toBe(pages);
  // Other columns than those of the page: nothing that could be put in its place.
  expect(renewRuns(pages, { ...page([run("b", [9])]), columns: [] })).toBe(pages);
});
