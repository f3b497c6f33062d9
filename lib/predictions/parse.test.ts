import { describe, expect, it } from "vitest";
import { isRejection, parseRow } from "./parse";

const NOW = Date.UTC(2026, 2, 10);
const GOOD = {
  id: "a",
  timestamp: "2026-03-01T12:00:00Z",
  features: { x: 1 },
  prediction: "late",
  score: 0.8,
};

function errorOf(row: unknown): string {
  const parsed = parseRow(row, 3, { nowMs: NOW });
  if (!isRejection(parsed)) throw new Error("was accepted");
  expect(parsed.index).toBe(3);
  return parsed.error;
}

describe("parseRow", () => {
  it("reads a full row, in any time zone, to the millisecond", () => {
    const row = parseRow(
      {
        ...GOOD,
        timestamp: "2026-03-01T14:00:00.123+02:00",
        latency_ms: 3.5,
        segment: { carrier: "AA", tier: 2 },
      },
      0,
      { nowMs: NOW },
    );
    expect(row).toMatchObject({
      id: "a",
      tsMs: Date.UTC(2026, 2, 1, 12, 0, 0, 123),
      prediction: "late",
      score: 0.8,
      latencyMs: 3.5,
      segment: { carrier: "AA", tier: 2 },
    });
  });

  it("reads the keys of scores as what the prediction is", () => {
    const scoresOf = (prediction: unknown, scores: object) => {
      const row = parseRow({ ...GOOD, score: undefined, prediction, scores }, 0, { nowMs: NOW });
      if (isRejection(row)) throw new Error(row.error);
      return row.scores;
    };
    expect(scoresOf(1, { "0.0": 0.3, "1.0": 0.7 })).toEqual({ 0: 0.3, 1: 0.7 });
    expect(scoresOf(true, { False: 0.3, True: 0.7 })).toEqual({ false: 0.3, true: 0.7 });
    // ICD codes: text is text.
    expect(scoresOf("250", { "250": 0.3, "250.0": 0.7 })).toEqual({ "250": 0.3, "250.0": 0.7 });
    expect(scoresOf(1, JSON.parse('{"__proto__": 0.4, "1": 0.6}'))).toEqual(
      JSON.parse('{"__proto__": 0.4, "1": 0.6}'),
    );
    expect(errorOf({ ...GOOD, prediction: 1, scores: { "1": 0.5, "1.0": 0.5 } })).toBe(
      'scores.1.0: class "1" has two probabilities; send one',
    );
  });

  it("takes null for what is not known", () => {
    const row = parseRow({ ...GOOD, score: null, latency_ms: null, segment: null, error: null }, 0, {
      nowMs: NOW,
    });
    expect(row).toMatchObject({ score: null, latencyMs: null, segment: null, error: null });
  });

  it.each([
    [null, "expected an object, got null"],
    [[1], "expected an object, got [1]"],
    ["x", 'expected an object, got "x"'],
    [{ ...GOOD, id: undefined }, "id: missing; a retried row is recognised by its id and timestamp"],
    [{ ...GOOD, id: "" }, "id: "],
    [{ ...GOOD, id: "a\u0000b" }, "id: contains a NUL character"],
    [{ ...GOOD, id: "\ud800" }, "id: contains half of a surrogate pair"],
    [{ ...GOOD, timestamp: undefined }, "timestamp: missing"],
    [
      { ...GOOD, timestamp: "yesterday" },
      'timestamp: expected an RFC 3339 time such as 2026-03-01T12:00:00Z, got "yesterday"',
    ],
    [{ ...GOOD, timestamp: "2026-02-30T00:00:00Z" }, "timestamp: "],
    [
      { ...GOOD, timestamp: "2031-01-01T00:00:00Z" },
      "more than a day ahead of the server's clock (2026-03-10",
    ],
    [{ ...GOOD, timestamp: "1969-12-31T23:59:59Z" }, "before 1970"],
    [{ ...GOOD, score: 1.5 }, "score: "],
    [{ ...GOOD, score: "high" }, 'got "high"'],
    [{ ...GOOD, score: Number.POSITIVE_INFINITY }, "score: "],
    [{ ...GOOD, prediction: undefined }, 'prediction: missing; give a class or a number, or an "error"'],
    [{ ...GOOD, error: "timeout" }, 'a row carries a prediction or an "error", not both'],
    [{ ...GOOD, features: [1] }, "features: "],
    [{ ...GOOD, latency_ms: -1 }, "latency_ms: "],
  ])("refuses %j with field, value and remedy", (row, message) => {
    expect(errorOf(row)).toContain(message);
  });

  it("refuses a row from before what retention keeps, since its retry could not be recognised", () => {
    const row = parseRow(GOOD, 0, { nowMs: NOW, oldestMs: Date.UTC(2026, 2, 5) });
    expect(row).toMatchObject({
      error: expect.stringContaining("older than rows are kept (since 2026-03-05"),
    });
  });

  it("accepts a failed prediction without features", () => {
    const row = parseRow({ id: "a", timestamp: "2026-03-01T12:00:00Z", error: "timeout" }, 0, { nowMs: NOW });
    expect(row).toMatchObject({ error: "timeout", prediction: null, features: {} });
  });

  it("keeps a message short when the value is long", () => {
    expect(errorOf({ ...GOOD, timestamp: "x".repeat(10_000) }).length).toBeLessThan(200);
  });
});
