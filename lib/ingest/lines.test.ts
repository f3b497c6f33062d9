import { describe, expect, it } from "vitest";
import { LONGEST_LINE_BYTES, splitLines } from "./lines";

async function split(...chunks: string[]) {
  async function* stream() {
    for (const chunk of chunks) yield Buffer.from(chunk, "latin1");
  }
  const lines = [];
  for await (const line of splitLines(stream())) {
    lines.push("text" in line ? line.text : "tooLong" in line ? "too long" : "not UTF-8");
  }
  return lines;
}

describe("splitLines", () => {
  it("joins a line that arrives in pieces, and a character that is cut in two", async () => {
    expect(await split('{"a"', ":1}\n{", '"b":"\u00c3', '\u00a9"}')).toEqual(['{"a":1}', '{"b":"é"}']);
  });

  it("takes LF and CRLF, and leaves blank lines out", async () => {
    expect(await split("a\r\n\n  \r\nb\n")).toEqual(["a", "b"]);
  });

  it("reports a line above the limit, in one piece or many, and goes on with the next", async () => {
    const long = "x".repeat(LONGEST_LINE_BYTES + 1);
    expect(await split(`${long}\nb\n`)).toEqual(["too long", "b"]);
    expect(await split(long.slice(0, 200_000), long.slice(0, 200_000), "\nb")).toEqual(["too long", "b"]);
  });

  it("reports a line that is not UTF-8, and goes on with the next", async () => {
    expect(await split('{"id":"caf\u00e9"}\n{"id":"caf\u00e8"}\n{"id":"b"}')).toEqual([
      "not UTF-8",
      "not UTF-8",
      '{"id":"b"}',
    ]);
  });

  it("gives nothing for an empty stream", async () => {
    expect(await split()).toEqual([]);
    expect(await split("", "\n")).toEqual([]);
  });
});
