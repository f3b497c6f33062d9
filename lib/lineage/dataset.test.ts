import { expect, test } from "vitest";
import { profileRows } from "./dataset";

test.each([
  ['{"num_rows": 150, "num_elements": 600}', 150],
  ['{"features_shape": [120, 4], "features_size": 480}', 120],
  ['{"features_shape": {"x": [30, 2]}}', 30],
  ['{"shape": [7]}', 7],
  ['{"num_rows": "many"}', null],
  ['{"num_rows": -1}', null],
  ["[1, 2]", null],
  ["not json", null],
  [null, null],
])("a profile of %j has %j rows", (profile, rows) => {
  expect(profileRows(profile)).toBe(rows);
});
