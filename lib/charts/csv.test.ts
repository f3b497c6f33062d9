import { describe, expect, it } from "vitest";
import { prepareConfusion } from "./confusion";
import { toCsv } from "./csv";

describe("CSV", () => {
  it("quotes what needs it, leaves numbers as numbers and null empty", () => {
    expect(
      toCsv(
        ["name", "d"],
        [
          ['a,"b"', -0.5],
          ["c", null],
        ],
      ),
    ).toBe('name,d\r\n"a,""b""",-0.5\r\nc,\r\n');
  });

  it("never hands a spreadsheet a formula", () => {
    expect(toCsv(["name"], [["=HYPERLINK(1)"], ["@x"]])).toBe("name\r\n'=HYPERLINK(1)\r\n'@x\r\n");
  });
});

describe("a confusion matrix", () => {
  it("shares each row among the predictions made for it", () => {
    const { rows } = prepareConfusion({
      classes: ["no", "yes"],
      counts: [
        [8, 2],
        [3, 7],
      ],
    });
    expect(rows[0]!.cells.map((cell) => cell.share)).toEqual([0.8, 0.2]);
    expect(rows[1]!.cells[1]).toMatchObject({ actual: "yes", predicted: "yes", n: 7, right: true });
  });

  it("has no shares for a class that never occurred", () => {
    const { rows } = prepareConfusion({
      classes: ["no", "yes"],
      counts: [
        [8, 2],
        [0, 0],
      ],
    });
    expect(rows[1]!.cells.map((cell) => cell.share)).toEqual([null, null]);
  });

  it("keeps the most frequent classes past the cap and counts the rest", () => {
    const { rows, hidden } = prepareConfusion({
      classes: ["a", "b", "c"],
      counts: [
        [1, 0, 0],
        [0, 9, 0],
        [0, 0, 5],
      ],
      cap: 2,
    });
    expect(rows.map((row) => row.actual)).toEqual(["b", "c"]);
    expect(hidden).toBe(1);
  });
});
