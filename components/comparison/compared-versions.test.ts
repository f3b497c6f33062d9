import { expect, test } from "vitest";
import type { VersionRecord } from "@/lib/registry/wire";
import { comparedVersions } from "./compared-versions";

const of = (...entries: [string, VersionRecord["stage"]][]) =>
  entries.map(([version, stage]) => ({ version, stage }));

test("those chosen stand beside it, where there are such", () => {
  const versions = of(["3", "None"], ["2", "Production"], ["1", "None"]);
  expect(comparedVersions("3", ["1", "9", "3"], versions)).toEqual(["3", "1"]);
  expect(comparedVersions("3", ["9"], versions)).toEqual(["3", "2"]);
});

test("without a choice the one in Production, else the next older, else the newer one", () => {
  expect(comparedVersions("3", [], of(["3", "None"], ["2", "None"], ["1", "Production"]))).toEqual([
    "3",
    "1",
  ]);
  expect(comparedVersions("2", [], of(["3", "None"], ["2", "Production"], ["1", "None"]))).toEqual([
    "2",
    "1",
  ]);
  expect(comparedVersions("1", [], of(["2", "None"], ["1", "None"]))).toEqual(["1", "2"]);
  expect(comparedVersions("1", [], of(["1", "None"]))).toEqual(["1"]);
  expect(comparedVersions("1", [], [])).toEqual(["1"]);
});
