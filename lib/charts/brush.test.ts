import { describe, expect, it } from "vitest";
import { brushModeAt, brushVisible, dragBrush, moveBrush, resizeBrush } from "./brush";
import type { TimeAxis } from "./time-axis";

const axis: TimeAxis = { from: 0, stepMs: 10, count: 10, bucket: "day" };
const span = { from: 20, to: 50 };

describe("the brush", () => {
  it("moves by buckets with its length kept, and stops at the ends of the axis", () => {
    expect(moveBrush(axis, span, 1)).toEqual({ from: 30, to: 60 });
    expect(moveBrush(axis, span, -9)).toEqual({ from: 0, to: 30 });
    expect(moveBrush(axis, span, 99)).toEqual({ from: 70, to: 100 });
  });

  it("grows and shrinks at its end, never to nothing", () => {
    expect(resizeBrush(axis, span, 1)).toEqual({ from: 20, to: 60 });
    expect(resizeBrush(axis, span, -99)).toEqual({ from: 20, to: 30 });
    expect(resizeBrush(axis, span, 99)).toEqual({ from: 20, to: 100 });
  });

  it("snaps a window that was typed inside a bucket when it is first moved", () => {
    expect(moveBrush(axis, { from: 22, to: 47 }, 1)).toEqual({ from: 30, to: 60 });
  });

  it("draws from either side, both buckets included", () => {
    const draw = (start: number, now: number) => dragBrush({ axis, mode: "draw", origin: span, start, now });
    expect(draw(2, 4)).toEqual({ from: 20, to: 50 });
    expect(draw(4, 2)).toEqual({ from: 20, to: 50 });
    expect(draw(7, 7)).toEqual({ from: 70, to: 80 });
  });

  it("pulls one edge and turns over when it crosses the other", () => {
    const pull = (mode: "from" | "to", now: number) => dragBrush({ axis, mode, origin: span, start: 0, now });
    expect(pull("to", 6)).toEqual({ from: 20, to: 70 });
    expect(pull("from", 0)).toEqual({ from: 0, to: 50 });
    expect(pull("from", 6)).toEqual({ from: 40, to: 70 });
  });

  it("reads the press: edges first, then the inside, then a new window", () => {
    const at = (x: number) => brushModeAt({ x, from: 100, to: 200, gripPx: 6 });
    expect([at(103), at(196), at(150), at(40)]).toEqual(["from", "to", "move", "draw"]);
  });

  it("knows a window that lies off the axis", () => {
    expect(brushVisible(axis, { from: 100, to: 120 })).toBe(false);
    expect(brushVisible(axis, { from: 99, to: 120 })).toBe(true);
  });
});
