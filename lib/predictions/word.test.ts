import { describe, expect, it } from "vitest";
import { numberWord, wordOf } from "./word";

describe("wordOf", () => {
  it.each(["true", "True", "TRUE"])("reads %s as true", (text) => expect(wordOf(text)).toBe("true"));
  it.each(["False", "FALSE"])("reads %s as false", (text) => expect(wordOf(text)).toBe("false"));
  it.each(["", "T", "Trues", "true ", "yes", "ＴＲＵＥ", "1", "Late"])("leaves %j as it is", (text) =>
    expect(wordOf(text)).toBe(text),
  );
});

describe("numberWord", () => {
  it.each([
    ["1.0", "1"],
    ["0.0", "0"],
    ["+1", "1"],
    ["-1.00", "-1"],
    ["-0.0", "0"],
    ["1e3", "1000"],
    ["0.50", "0.5"],
    ["9007199254740991", "9007199254740991"],
  ])("spells %s as JSON would: %s", (text, number) => expect(numberWord(text)).toBe(number));

  it.each(["007", "1.", ".5", "9007199254740993", "1e400", "0x10", "1,0", " 1", "", "NaN", "1.0.0"])(
    "does not take %j for a number",
    (text) => expect(numberWord(text)).toBeNull(),
  );
});
