import { describe, expect, it } from "vitest";
import { placePopover } from "./place-popover";

const viewport = { width: 400, height: 300 };
const at = (left: number, top: number) => ({ left, top, right: left + 60, bottom: top + 20 });
const content = { width: 100, height: 120 };

describe("a floating box", () => {
  it("stands under its anchor, aligned with its start, centre or end", () => {
    const anchor = at(150, 20);
    expect(placePopover({ anchor, content, viewport, align: "start" })).toEqual({
      left: 150,
      top: 44,
      maxHeight: 248,
    });
    expect(placePopover({ anchor, content, viewport, align: "center" }).left).toBe(130);
    expect(placePopover({ anchor, content, viewport, align: "end" }).left).toBe(110);
  });

  it("goes above where it fits better", () => {
    expect(placePopover({ anchor: at(150, 250), content, viewport, align: "start" }).top).toBe(126);
  });

  it("stays inside the viewport on both sides", () => {
    expect(placePopover({ anchor: at(380, 20), content, viewport, align: "start" }).left).toBe(292);
    expect(placePopover({ anchor: at(0, 20), content, viewport, align: "end" }).left).toBe(8);
  });

  it("is cut to the room there is when it is too tall", () => {
    const tall = { width: 100, height: 900 };
    expect(placePopover({ anchor: at(0, 20), content: tall, viewport, align: "start" }).maxHeight).toBe(248);
    expect(placePopover({ anchor: at(0, 200), content: tall, viewport, align: "start" })).toMatchObject({
      top: 8,
      maxHeight: 188,
    });
  });
});
