import { expect, it } from "vitest";
import { filterWords, prepareChoices } from "./filter-words";

it("says a filter in words", () => {
  expect(filterWords("distance:gt:1000")).toBe("distance above 1000");
  expect(filterWords("segment.carrier:eq:AA")).toBe("carrier is AA");
  expect(filterWords("url:eq:https://a:eq:b")).toBe("url is https://a:eq:b");
  expect(filterWords("origin:missing")).toBe("origin is missing");
  expect(filterWords("nonsense")).toBe("nonsense");
});

it("calls a column by its full name where the row has a field of that name", () => {
  const fields = prepareChoices({
    task: "classification",
    features: [
      { name: "score", role: "feature", type: "numerical" },
      { name: "carrier", role: "feature", type: "categorical" },
      { name: "carrier", role: "segment", type: "categorical" },
    ],
  }).map(({ field }) => field);
  expect(fields).toEqual([
    "prediction",
    "label",
    "score",
    "latency_ms",
    "error",
    "id",
    "features.score",
    "carrier",
    "segment.carrier",
  ]);
});
