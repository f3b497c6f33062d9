import { readFileSync } from "node:fs";
import {
  Bool,
  Dictionary,
  Int32,
  Table,
  TimestampMillisecond,
  tableFromArrays,
  tableToIPC,
  Utf8,
  vectorFromArray,
} from "apache-arrow";
import { expect, test } from "vitest";
import { craftParquet } from "@/lib/baselines/crafted.fixture";
import { type DataColumn, evaluationColumn } from "./columns";
import { outlineOf } from "./outline";
import { readDataset } from "./read";

async function* pieces(bytes: Uint8Array, size = 7) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
const utf8 = (text: string) => new TextEncoder().encode(text);
const read = (bytes: Uint8Array, size?: number) => readDataset("held-out.csv", pieces(bytes, size));
const readText = async (text: string, size?: number) => (await read(utf8(text), size)).table;
const plain = (column: DataColumn) =>
  column.type === "category"
    ? Array.from(column.codes, (code) => (code < 0 ? null : column.dictionary[code]))
    : Array.from(column.values, (value) => (Number.isNaN(value) ? null : value));
const refused = (bytes: Uint8Array | string) =>
  read(typeof bytes === "string" ? utf8(bytes) : bytes, 65_536).then(
    () => expect.fail("nothing was refused"),
    (error) => ({ code: error.code, message: error.message as string }),
  );

test("CSV becomes numbers, categories, booleans and timestamps, whatever the pieces it comes in", async () => {
  const text =
    '\uFEFFdistance,carrier,late,at,zip\r\n100,"A, ""x""",True,2001-06-01,007\r\n,,,,\r\n2.5e2,B,False,2001-06-02T03:04:05Z,12\r\n';
  for (const size of [1, 3, 1000]) {
    const { rows, columns } = await readText(text, size);
    expect(rows).toBe(3);
    expect(columns.map(({ name, type }) => `${name}:${type}`)).toEqual([
      "distance:number",
      "carrier:category",
      "late:boolean",
      "at:timestamp",
      "zip:number",
    ]);
    expect(columns.map(plain)).toEqual([
      [100, null, 250],
      ['A, "x"', null, "B"],
      [1, null, 0],
      [Date.UTC(2001, 5, 1), null, Date.UTC(2001, 5, 2, 3, 4, 5)],
      [7, null, 12],
    ]);
  }
});

test("a text after numbers makes a category of them, spelt as they were", async () => {
  const { columns } = await readText("code\n007\n1.0\nX\n");
  expect(plain(columns[0]!)).toEqual(["007", "1.0", "X"]);
});

test("a category keeps the space around it; numbers, flags, dates and missing values are told without it", async () => {
  const { columns } = await readText(
    "age,work,late,at,mixed,gone\n 39, Private, True, 2001-06-01, 1, NA\n 50, Self-emp , false,2001-06-02 ,1.0,\n 7,Private, NA,, X, \n",
  );
  expect(columns.map(({ type }) => type)).toEqual([
    "number",
    "category",
    "boolean",
    "timestamp",
    "category",
    "number",
  ]);
  expect(columns.map(plain)).toEqual([
    [39, 50, 7],
    [" Private", " Self-emp ", "Private"],
    [1, 0, null],
    [Date.UTC(2001, 5, 1), Date.UTC(2001, 5, 2), null],
    [" 1", "1.0", " X"],
    [null, null, null],
  ]);
});

test("space before every number of a file takes no memory of its own", async () => {
  const numbers = Array.from({ length: 150_000 }, (_, i) => `x, ${i}`);
  const { columns } = await readText(`a,n\n${numbers.join("\n")}\nx, none\n`, 65_536);
  expect(plain(columns[1]!).slice(-2)).toEqual([" 149999", " none"]);
});

test("semicolons, tabs and old line ends are told, one row and all missing are read", async () => {
  expect((await readText("a;b\n1;2\n")).columns.map(plain)).toEqual([[1], [2]]);
  expect((await readText("a\tb\r1\t2\r")).columns.map(plain)).toEqual([[1], [2]]);
  const { columns } = await readText("a,b\nNA,\nnull,None\n");
  expect(columns.map(plain)).toEqual([
    [null, null],
    [null, null],
  ]);
  expect(outlineOf({ rows: 2, columns })[0]).toEqual({
    name: "a",
    type: "number",
    missing: 2,
    distinct: null,
  });
});

test("a file of many pieces is read whole", async () => {
  const lines = Array.from({ length: 200_000 }, (_, i) => `${i},"value ${i % 10}\nwith a break"`);
  const { rows, columns } = await readText(`i,v\n${lines.join("\n")}\n`, 65_536);
  expect(rows).toBe(200_000);
  const [i, v] = columns as [
    Extract<DataColumn, { values: Float64Array }>,
    Extract<DataColumn, { type: "category" }>,
  ];
  expect(i.values.every((value, at) => value === at)).toBe(true);
  expect(v.dictionary).toHaveLength(10);
  expect(v.codes.every((code, at) => code === at % 10)).toBe(true);
});

test.each([
  ["", /held-out.csv: it is empty: give a header and rows/],
  ["a,b\n", /it has a header but no rows/],
  ["a,b\n1,2\n1,2,3\n", /row 2 has 3 cells and the header 2: .*quotes/],
  ['a,b\n1,"x\n2,3\n', /near row \d+ a quoted cell is not closed/],
  ['a,b\n1,"x"y\n', /a quoted cell is not closed properly/],
  ["a,a\n1,2\n", /two columns are named "a": rename/],
  ["a,,b\n1,2,3\n", /column 2 has no name/],
  ["a\n1\ninf\n", /row 2, column "a": inf is out of range: leave the cell empty/],
  ["a\n1e999\n", /row 1, column "a": 1e999 is out of range/],
  [`a\n${"x".repeat(20_000)}\n`, /row 1, column "a": a text of 20,000 characters/],
])("%j is refused in words", async (text, message) => {
  expect((await refused(text)).message).toMatch(message);
});

test("a CSV of a million columns is refused before it is taken apart", async () => {
  const before = performance.now();
  const { code, message } = await refused(`${"c,".repeat(1_000_000)}c\n1\n`);
  expect(code).toBe("too_large");
  expect(message).toMatch(/it has 5\d\d,\d{3} columns or more, at most 2,000/);
  expect(performance.now() - before).toBeLessThan(2_000);
});

test("a row that never ends, Latin-1, gzip and a spreadsheet are refused in words", async () => {
  expect((await refused(`a\n"${"x\n".repeat(5_000_000)}`)).message).toMatch(
    /longer than 8 MiB: .*close every quote/,
  );
  expect((await refused(Uint8Array.of(0x61, 0x0a, 0xe9, 0x0a))).message).toMatch(
    /not UTF-8: save it as UTF-8/,
  );
  expect((await refused(Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0))).message).toMatch(/gzip/);
  expect((await refused(utf8("PK\u0003\u0004xx"))).message).toMatch(/spreadsheet/);
});

test("Parquet says its own types", async () => {
  const bytes = readFileSync(new URL("../baselines/flights.fixture.parquet", import.meta.url));
  const { format, table } = await read(bytes, 1000);
  expect(format).toBe("parquet");
  expect(table.columns.every((column) => plain(column).length === table.rows)).toBe(true);
  expect(outlineOf(table).map(({ name, type }) => `${name}:${type}`)).toMatchInlineSnapshot(`
    [
      "id:category",
      "distance:number",
      "stops:number",
      "origin:category",
      "cargo:boolean",
      "prediction:category",
      "label:category",
    ]
  `);
  const { table: crafted } = await read(craftParquet({ values: 10 }));
  expect(plain(crafted.columns[0]!)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

test("Parquet that claims more than it has is refused, and soon", async () => {
  const whole = craftParquet({ values: 10 });
  // the footer's length says 2 GB
  const footer = whole.slice();
  new DataView(footer.buffer).setUint32(footer.length - 8, 2_000_000_000, true);
  expect((await refused(footer)).message).toMatch(
    /cannot be read as Parquet \(.*\): write it anew, or give CSV/,
  );
  expect((await refused(whole.subarray(0, whole.length - 20))).message).toMatch(/cannot be read as Parquet/);
  for (const claimed of [100_000, 100_000_000, 2_000_000_000]) {
    const { message } = await refused(craftParquet({ values: 3, claimed }));
    expect(message).toMatch(/a run of column a claims \d+ values in a page of 3/);
  }
});

const arrow = () =>
  new Table({
    n: vectorFromArray([1, null, 3], new Int32()),
    s: vectorFromArray(["a", null, "b"], new Utf8()),
    d: vectorFromArray(["x", "y", "x"], new Dictionary(new Utf8(), new Int32())),
    t: vectorFromArray([new Date(0), new Date(86_400_000), null], new TimestampMillisecond()),
    b: vectorFromArray([true, false, null], new Bool()),
  });

test("Arrow says its own types, as a file and as a stream", async () => {
  for (const kind of ["file", "stream"] as const) {
    const { format, table } = await read(tableToIPC(arrow(), kind), 100);
    expect(format).toBe("arrow");
    expect(table.columns.map(plain)).toEqual([
      [1, null, 3],
      ["a", null, "b"],
      ["x", "y", "x"],
      [0, 86_400_000, null],
      [1, 0, null],
    ]);
    expect(table.columns.map(({ type }) => type)).toEqual([
      "number",
      "category",
      "category",
      "timestamp",
      "boolean",
    ]);
  }
});

test("Arrow cut short anywhere is refused or read to the end of what is there, never crashed on", async () => {
  const file = tableToIPC(arrow(), "file");
  expect((await refused(file.subarray(0, file.length - 30))).message).toMatch(
    /it was cut short: send it whole/,
  );
  const stream = tableToIPC(
    tableFromArrays({ x: Float64Array.from({ length: 5_000 }, (_, i) => i) }),
    "stream",
  );
  for (let length = 8; length < stream.length - 8; length += 997) {
    const { message } = await refused(stream.subarray(0, length));
    expect(message, `cut at ${length}`).toMatch(/held-out.csv: /);
  }
});

test("a column to slice by: booleans are categories, moments are numbers", async () => {
  const { columns } = await readText("late,at\ntrue,2001-01-01\n,2001-01-02\n");
  expect(evaluationColumn(columns[0]!)).toEqual({
    kind: "categorical",
    name: "late",
    codes: Int32Array.of(1, -1),
    dictionary: ["false", "true"],
  });
  expect(evaluationColumn(columns[1]!)).toMatchObject({ kind: "numerical" });
});
