import { describe, expect, it } from "vitest";
import { uuidv7 } from "./uuidv7";

describe("uuidv7", () => {
  it("is a version 7, variant 1 UUID that carries the time", () => {
    const now = Date.now() + 60_000;
    const id = uuidv7(now);
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16)).toBe(now);
  });

  it("gives ids that are distinct and sort in the order they were made, also within a millisecond", () => {
    const now = Date.now() + 120_000;
    const ids = Array.from({ length: 10_000 }, () => uuidv7(now));
    expect(new Set(ids).size).toBe(ids.length);
    expect([...ids].sort()).toEqual(ids);
  });

  it("keeps the order when the clock goes back", () => {
    const now = Date.now() + 240_000;
    const before = uuidv7(now);
    expect(uuidv7(now - 5_000) > before).toBe(true);
  });
});
