import { monitorEventLoopDelay } from "node:perf_hooks";
import { expect, test } from "vitest";
import { TidemarkError } from "@/lib/errors";
import { DEFAULT_SETTINGS } from "@/lib/models/schema";
import type { VersionRecord } from "@/lib/models/store";
import { ChildReader } from "./child-reader";
import { craftParquet } from "./crafted.fixture";
import { pieces } from "./put.fixture";
import { readFile } from "./reader";

const record: VersionRecord = {
  modelId: 1,
  versionId: 1,
  model: "m",
  version: "1",
  stage: "None",
  createdAt: 0,
  revision: 1,
  baselineId: 0,
  task: null,
  positiveClass: null,
  classes: [],
  labelClasses: 0,
  settings: DEFAULT_SETTINGS,
  columns: [],
};

const parquet = (bytes: Uint8Array, options = {}) =>
  ChildReader.read(record, "parquet", pieces(bytes, 1000), options);
const refused = (promise: Promise<unknown>) =>
  promise.then(
    () => expect.fail("nothing was refused"),
    (error) => error as TidemarkError,
  );

test("a Parquet file written by hand is read in a process of its own", async () => {
  const file = await parquet(craftParquet({ values: 10 }));
  expect(file.outline).toMatchObject({ rows: 10, columns: [{ name: "a", found: "numerical" }] });
  const columns = await file.place([{ column: 0, featureId: 1, codes: null, blank: false }]);
  const bytes = await columns.piece(1, 8, 10);
  expect([...new Float64Array(new Uint8Array(bytes).buffer)]).toEqual([8, 9]);
  expect((await columns.describe(1, false)).histogram).toMatchObject({ n: 10, sum: 45 });
  file.close();
});

test.each([20_000_000, 100_000_000, 2_000_000_000])(
  "ten values whose run claims to be %i cost a refusal and nobody's process",
  async (claimed) => {
    const error = await refused(parquet(craftParquet({ values: 10, claimed }), { heapMiB: 300 }));
    expect(error).toBeInstanceOf(TidemarkError);
    expect(error).toMatchObject({ code: "bad_request", message: expect.stringContaining("Parquet") });
  },
  60_000,
);

test("a reader that gives no sign of life is given up", async () => {
  const error = await refused(parquet(craftParquet({ values: 10 }), { stallMs: 20 }));
  expect(error).toMatchObject({ code: "bad_request", message: expect.stringContaining("came to a halt") });
});

test("a source that breaks off is told, and a refusal does not wait for the rest", async () => {
  async function* broken() {
    yield new TextEncoder().encode("a,b\n");
    throw new TidemarkError("bad_request", "the body ended");
  }
  expect(await refused(ChildReader.read(record, "csv", broken()))).toMatchObject({
    message: "the body ended",
  });
  async function* endless() {
    yield new TextEncoder().encode("a,a\n");
    for (;;) yield new Uint8Array(100_000).fill(49);
  }
  expect((await refused(ChildReader.read(record, "csv", endless()))).message).toMatch(
    /twice|longer than 1 MiB/,
  );
}, 30_000);

test("a large file leaves this process free, and says what a small one says", async () => {
  const line = (i: number) =>
    `${i},${(i * 7919) % 1000},w${i % 50},${i % 3 ? "late" : "on_time"},0.${i % 10}\n`;
  const head = "x,y,word,prediction,score\n";
  const all = Array.from({ length: 200_000 }, (_, i) => line(i)).join("");
  const delay = monitorEventLoopDelay({ resolution: 5 });
  const bytes = new TextEncoder().encode(head + all);
  delay.enable();
  const large = await readFile(record, "csv", pieces(bytes, 65_536));
  const place = [0, 1, 2, 3, 4].map((column) => ({
    column,
    featureId: [1, 2, 3, 0, -1][column]!,
    codes: column === 2 || column === 3 ? Float64Array.from({ length: 50 }, (_, i) => i + 1) : null,
    blank: false,
  }));
  const columns = await large.place(place);
  const described = await columns.describe(1, false);
  delay.disable();
  expect(large).toBeInstanceOf(ChildReader);
  expect(delay.max / 1e6).toBeLessThan(1000);
  expect(large.outline).toMatchObject({ rows: 200_000, task: "classification", rejectedTotal: 0 });
  expect(described.histogram).toMatchObject({ n: 200_000, min: 0, max: 199_999 });
  const scores = await columns.classScores();
  expect(scores.map(([code]) => code)).toEqual([1, 2]);
  large.close();

  const small = await readFile(record, "csv", pieces(head + all.slice(0, 2000), 700));
  expect(small).not.toBeInstanceOf(ChildReader);
  expect(small.outline.columns).toEqual(
    large.outline.columns.map((column) => ({ ...column, words: column.words.slice(0, 50) })),
  );
  small.close();
}, 60_000);
