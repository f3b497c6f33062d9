import { brotliCompressSync, gzipSync } from "node:zlib";
import { MOST_PARQUET_BYTES } from "@/lib/baselines/parquet";
import type { Sending } from "./exchange";
import { parquetBomb } from "./parquet-bomb";

const PREDICTIONS = "/api/v1/predictions";
const LABELS = "/api/v1/ground-truth";
const BASELINE = "/api/v1/models/m/versions/1/baseline";
const MB = 1024 * 1024;

export type Bomb = {
  what: string;
  send: Sending;
  status: number | number[];
  /** What the answer says is wrong, and what to do about it. */
  says: RegExp;
  /** Where it may take longer than the rest, and why it must. */
  withinMs?: number;
};

const json = { "content-type": "application/json" };
const ndjson = { "content-type": "application/x-ndjson" };
const csv = { "content-type": "text/csv" };
const post = (
  body: Sending["body"],
  headers: Record<string, string> = json,
  path = PREDICTIONS,
): Sending => ({
  method: "POST",
  path,
  headers,
  body,
});
const put = (body: Sending["body"], headers: Record<string, string> = csv): Sending => ({
  method: "PUT",
  path: BASELINE,
  headers,
  body,
});
const row = (features: string) =>
  `{"id":"a","timestamp":"2026-03-01T00:00:00Z","prediction":"yes","features":${features}}`;
const batch = (rows: string, model = "m") => `{"model":"${model}","version":"1","predictions":[${rows}]}`;
const manyKeys = (n: number) => `{${Array.from({ length: n }, (_, i) => `"k${i}":${i}`).join(",")}}`;

async function* endless(piece: Buffer): AsyncGenerator<Buffer> {
  for (;;) yield piece;
}

/** Requests made to break a server, each with the refusal it has earned. */
export function bombs(): Bomb[] {
  const zeros = Buffer.alloc(200_000_000, 0x20);
  const gzipped = gzipSync(zeros);
  const deep = (open: string, n = 1_000_000) => open.repeat(n);
  return [
    {
      what: `200 MB of JSON in ${Math.round(gzipped.length / 1000)} kB of gzip`,
      send: post(gzipped, { ...json, "content-encoding": "gzip" }),
      status: 413,
      says: /longer than allowed once decompressed; the limit is 16 MiB: send smaller batches/,
    },
    {
      what: "200 MB of JSON in brotli",
      send: post(brotliCompressSync(zeros, { params: { 1: 4 } }), { ...json, "content-encoding": "br" }),
      status: 413,
      says: /longer than allowed once decompressed; the limit is 16 MiB: send smaller batches/,
    },
    {
      what: "200 MB of CSV in gzip, one line",
      send: put(gzipped, { ...csv, "content-encoding": "gzip" }),
      status: [400, 413],
      says: /a row is longer than .*(quote|line)/,
    },
    {
      what: "a million arrays deep",
      send: post(deep("[")),
      status: 400,
      says: /nested more than 64 levels deep: send a flatter one/,
    },
    {
      what: "a million objects deep",
      send: post(`${deep('{"a":')}1${deep("}")}`),
      status: 400,
      says: /nested more than 64 levels deep: send a flatter one/,
    },
    {
      what: "a row whose feature is 200 arrays deep",
      send: post(batch(row(`{"amount":${"[".repeat(200)}${"]".repeat(200)}}`))),
      status: 400,
      says: /nested more than 64 levels deep/,
    },
    {
      what: "labels a million arrays deep",
      send: post(deep("["), json, LABELS),
      status: 400,
      says: /nested more than 64 levels deep/,
    },
    {
      what: "a body declared to be 50 MB",
      send: post(Buffer.alloc(50 * MB, 0x20)),
      status: 413,
      says: /has 52428800 bytes; the limit is 16 MiB: send smaller batches, or raise TIDEMARK_MAX_BODY_MB/,
    },
    {
      what: "a body without an end",
      send: post(endless(Buffer.alloc(64 * 1024, 0x20))),
      status: 413,
      says: /longer than allowed; the limit is 16 MiB: send smaller batches/,
    },
    {
      what: "not gzip at all",
      send: post("hello", { ...json, "content-encoding": "gzip" }),
      status: 400,
      says: /not valid gzip, though Content-Encoding says so: compress it, or leave the header out/,
    },
    {
      what: "gzip that breaks off",
      send: post(gzipSync(batch("")).subarray(0, 20), { ...json, "content-encoding": "gzip" }),
      status: 400,
      says: /not valid gzip/,
    },
    {
      what: "a stream that is not gzip",
      send: post("hello", { ...ndjson, "content-encoding": "gzip" }, `${PREDICTIONS}?model=m&version=1`),
      status: 400,
      says: /not valid gzip/,
    },
    {
      what: "an encoding nobody knows",
      send: post("{}", { ...json, "content-encoding": "zstd" }),
      status: 415,
      says: /Content-Encoding "zstd" is not understood: send gzip, deflate, br/,
    },
    {
      what: "bytes that are not UTF-8",
      send: post(Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d])),
      status: 400,
      says: /not UTF-8: encode it as UTF-8/,
    },
    {
      what: "UTF-16",
      send: post(Buffer.from(`\ufeff${batch("")}`, "utf16le")),
      status: 400,
      says: /not UTF-8|not JSON/,
    },
    {
      what: "text/plain",
      send: post(batch(""), { "content-type": "text/plain" }),
      status: 415,
      says: /Content-Type "text\/plain" is not accepted here: send application\/json or application\/x-ndjson/,
    },
    {
      what: "no content type",
      send: post(batch(""), {}),
      status: 415,
      says: /Content-Type is missing and is not accepted here: send/,
    },
    {
      what: "a form",
      send: post("model=m", { "content-type": "application/x-www-form-urlencoded" }),
      status: 415,
      says: /is not accepted here: send/,
    },
    { what: "an empty body", send: post(""), status: 400, says: /the body is (empty|not JSON)/ },
    { what: "null", send: post("null"), status: 400, says: /expected (an )?object/ },
    { what: "[]", send: post("[]"), status: 400, says: /expected (an )?object/ },
    { what: "a number", send: post("42"), status: 400, says: /expected (an )?object/ },
    { what: "an empty object", send: post("{}"), status: 400, says: /model is missing/ },
    {
      what: "predictions that are an object",
      send: post('{"model":"m","version":"1","predictions":{"length":1e9}}'),
      status: 400,
      says: /predictions=\{…\}: expected array/,
    },
    {
      what: "a stream without model",
      send: post(row("{}"), ndjson),
      status: 400,
      says: /model is missing/,
    },
    {
      what: "headers of 20,000 bytes",
      send: { path: "/health", headers: { "x-long": "h".repeat(20_000) } },
      status: 431,
      says: /headers.*16 KiB|16 KiB.*headers/,
    },
    {
      what: "a CSV with a million columns",
      send: put(`${Array.from({ length: 1_000_000 }, (_, i) => `c${i}`).join(",")}\n1`),
      status: [400, 413],
      says: /a row is longer than 1 MiB/,
    },
    {
      what: "a CSV with 100,000 columns",
      send: put(`${Array.from({ length: 100_000 }, (_, i) => `c${i}`).join(",")}\n1`),
      status: 413,
      says: /more columns than .*, the limit is 10000: leave out/,
    },
    {
      what: "a CSV with a line of 50 MB",
      send: put(Buffer.concat([Buffer.from("amount,age\n"), Buffer.alloc(50 * MB, 0x31)])),
      status: [400, 413],
      says: /a row is longer than .*(line|quote)/,
    },
    {
      what: "a CSV with a quote that never closes",
      send: put(Buffer.concat([Buffer.from('amount,age\n1,"'), Buffer.alloc(30 * MB, "2\n")])),
      status: [400, 413],
      says: /a row is longer than .*(line|quote)/,
    },
    {
      what: "a ZIP archive as CSV",
      send: put(Buffer.concat([Buffer.from("PK\u0003\u0004"), Buffer.alloc(1000)])),
      status: 400,
      says: /ZIP archive or a spreadsheet: save it as CSV/,
    },
    {
      what: "a ZIP archive as Parquet",
      send: put(Buffer.concat([Buffer.from("PK\u0003\u0004"), Buffer.alloc(1000)]), {
        "content-type": "application/octet-stream",
      }),
      status: 400,
      says: /cannot be read as Parquet .*: write it anew, or send CSV/,
    },
    {
      what: "117 bytes of Parquet that claim two billion values",
      send: put(parquetBomb({ rows: 100, values: 2_000_000_000 }), {
        "content-type": "application/vnd.apache.parquet",
      }),
      status: 400,
      says: /cannot be read as Parquet \(column c0 claims 2000000001 values .*\): write it anew, or send CSV/,
    },
    {
      what: "a Parquet file that says to hold a billion rows",
      send: put(parquetBomb({ rows: 1_000_000_000, values: 100 }), {
        "content-type": "application/vnd.apache.parquet",
      }),
      status: [400, 413],
      says: /1000000000 rows .*: send a random sample|none of the file's columns/,
    },
    {
      what: "300 MB of nothing as Parquet, in gzip",
      send: put(gzipSync(Buffer.alloc(MOST_PARQUET_BYTES + MB)), {
        "content-type": "application/vnd.apache.parquet",
        "content-encoding": "gzip",
      }),
      status: 413,
      says: /the limit is 256 MiB: send a random sample, or CSV/,
      // 256 MiB are inflated before the limit is met, on a thread of its own.
      withinMs: 15_000,
    },
    {
      what: "NDJSON as baseline, one line of 50 MB",
      send: put(Buffer.alloc(50 * MB, 0x20), ndjson),
      status: [400, 413],
      says: /a line is longer than 4 MiB: send one JSON object a line/,
    },
    {
      what: "CSV that is not UTF-8",
      send: put(Buffer.from("amount\n\xff\xfe", "latin1")),
      status: 400,
      says: /not UTF-8: save it as UTF-8/,
    },
    { what: "an empty CSV", send: put(""), status: 400, says: /the file is empty: send a header and rows/ },
  ];
}

export type Poison = { what: string; send: Sending; says: RegExp };

/** Batches of which each row is hostile: the request is a good one, and every row of it says why it is not kept. */
export function poisons(): Poison[] {
  const lines = (text: string | Buffer) => post(text, ndjson, `${PREDICTIONS}?model=m&version=1`);
  return [
    {
      what: "100,000 keys in one features object",
      send: post(batch(row(manyKeys(100_000)))),
      says: /features: 100000 names, a version has at most 2000/,
    },
    {
      what: "100,000 keys as the first row of a version",
      send: post(batch(row(manyKeys(100_000)), "wide")),
      says: /features: 100000 names, a version has at most 2000/,
    },
    {
      what: "__proto__ as a feature",
      send: post(batch(row('{"__proto__":{"amount":1}}'))),
      says: /features\.__proto__: not in the schema/,
    },
    {
      what: "constructor as a feature",
      send: post(batch(row('{"constructor":{"prototype":{"x":1}}}'))),
      says: /features\.constructor: not in the schema/,
    },
    {
      what: "a line of 10 MB",
      send: lines(Buffer.concat([Buffer.from('{"id":"'), Buffer.alloc(10 * MB, 0x61), Buffer.from('"}')])),
      says: /the line is longer than 262144 bytes: .*a line/,
    },
    {
      what: "a line 130,000 arrays deep",
      send: lines(`${"[".repeat(100_000)}${"]".repeat(100_000)}`),
      says: /nested more than 64 levels deep/,
    },
    {
      what: "a line whose feature is 100,000 objects deep",
      send: lines(row(`{"amount":${'{"a":'.repeat(30_000)}1${"}".repeat(30_000)}}`)),
      says: /nested more than 64 levels deep/,
    },
    { what: "a line that is not UTF-8", send: lines(Buffer.from('{"id":"\xff\xfe"}', "latin1")), says: /./ },
    { what: "a line that is not JSON", send: lines("hello"), says: /the line is not JSON: "hello"/ },
  ];
}
