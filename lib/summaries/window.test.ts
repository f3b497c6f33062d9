import fc from "fast-check";
import { expect, test } from "vitest";
import { DAY_MS, HOUR_MS } from "./summarise";
import { bucketStart, bucketStarts, planWindow, type Span } from "./window";

const at = (text: string) => Date.parse(`${text}Z`);

test("a window is days, hours and what is left inside an hour", () => {
  expect(planWindow({ fromMs: at("2026-03-01T22:30"), toMs: at("2026-03-04T01:15") })).toEqual({
    days: { fromMs: at("2026-03-02T00:00"), toMs: at("2026-03-04T00:00") },
    hours: [
      { fromMs: at("2026-03-01T23:00"), toMs: at("2026-03-02T00:00") },
      { fromMs: at("2026-03-04T00:00"), toMs: at("2026-03-04T01:00") },
    ],
    raw: [
      { fromMs: at("2026-03-01T22:30"), toMs: at("2026-03-01T23:00") },
      { fromMs: at("2026-03-04T01:00"), toMs: at("2026-03-04T01:15") },
    ],
  });
  const inside = { fromMs: at("2026-03-01T22:10"), toMs: at("2026-03-01T22:50") };
  expect(planWindow(inside)).toEqual({ days: null, hours: [], raw: [inside] });
});

test("the parts of any window are whole, disjoint and cover it", () => {
  const start = at("2026-03-01T00:00");
  fc.assert(
    fc.property(fc.nat(5 * DAY_MS), fc.nat(5 * DAY_MS), (a, length) => {
      const window = { fromMs: start + a, toMs: start + a + length };
      const { days, hours, raw } = planWindow(window);
      const parts: Span[] = [...(days ? [days] : []), ...hours, ...raw].sort((x, y) => x.fromMs - y.fromMs);
      let reached = window.fromMs;
      for (const part of parts) {
        if (part.fromMs !== reached || part.toMs <= part.fromMs) return false;
        reached = part.toMs;
      }
      const whole = (span: Span, unit: number) => span.fromMs % unit === 0 && span.toMs % unit === 0;
      return (
        (length === 0 || reached === window.toMs) &&
        (!days || whole(days, DAY_MS)) &&
        hours.every((hour) => whole(hour, HOUR_MS)) &&
        raw.every((edge) => edge.toMs - edge.fromMs < 2 * HOUR_MS)
      );
    }),
  );
});

test("weeks start on Monday, days and hours on UTC boundaries", () => {
  expect(new Date(bucketStart("week", at("2026-03-01T12:00"))).toISOString()).toBe(
    "2026-02-23T00:00:00.000Z",
  );
  expect(bucketStart("week", at("2026-03-02T00:00"))).toBe(at("2026-03-02T00:00"));
  expect(bucketStarts("day", { fromMs: at("2026-03-01T12:00"), toMs: at("2026-03-03T00:00") })).toEqual([
    at("2026-03-01T00:00"),
    at("2026-03-02T00:00"),
  ]);
});
