import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { rebuilderOf } from "@/lib/baselines/runtime";
import { onEachStore } from "@/lib/db/testing";
import { createRuntime, installRuntime, type Runtime } from "@/lib/server/runtime";
import { readSettings } from "@/lib/settings";
import * as drift from "../drift/route";
import * as timeline from "../drift/timeline/route";
import * as segments from "../segments/route";
import * as baseline from "./route";

const KEY = "the-bootstrap-key-of-this-test";
const HERE = "http://localhost/api/v1/models/flight-delay/versions/2";

function request(path: string, init: RequestInit & { type?: string } = {}): Request {
  const headers = new Headers({
    host: "localhost",
    authorization: `Bearer ${KEY}`,
    ...(init.headers as object),
  });
  if (init.type) headers.set("content-type", init.type);
  return new Request(`${HERE}${path}`, { ...init, headers });
}

onEachStore("the baseline's route", (fresh) => {
  let runtime: Runtime;
  beforeAll(async () => {
    runtime = createRuntime(readSettings({ TIDEMARK_BOOTSTRAP_KEY: KEY }), await fresh());
    installRuntime(runtime);
  });
  afterAll(async () => {
    await rebuilderOf(runtime).close();
    installRuntime(null);
  });

  const put = (type: string, body: BodyInit, headers: Record<string, string> = {}) =>
    baseline.PUT(request("/baseline?file_name=a.csv", { method: "PUT", type, body, headers }));

  test("says what is missing before there is one", async () => {
    const answer = await baseline.GET(request("/baseline"));
    expect(answer.status).toBe(404);
    expect((await answer.json()).error.message).toContain("flight-delay");
  });

  test("takes CSV, plain and packed, and refuses what is something else, in words", async () => {
    const csv = "distance,origin,prediction\n1,LAX,late\n2,JFK,on_time\n3,LAX,late\n";
    const plain = await put("text/csv", csv);
    expect([plain.status, await plain.json()]).toMatchObject([200, { rows: 3, rejected: [] }]);
    const packed = await put("text/csv", new Uint8Array(gzipSync(csv)), { "content-encoding": "gzip" });
    expect(packed.status).toBe(200);
    const info = await baseline.GET(request("/baseline"));
    expect(await info.json()).toMatchObject({ kind: "file", rows: 3, file_name: "a.csv" });
    for (const [answer, status, words] of [
      [await put("text/csv", new Uint8Array(gzipSync(csv))), 400, "Content-Encoding: gzip"],
      [await put("text/csv", csv, { "content-encoding": "gzip" }), 400, "not valid gzip"],
      [await put("text/csv", "PAR1…"), 400, "application/vnd.apache.parquet"],
      [await put("application/vnd.apache.parquet", csv), 400, "cannot be read as Parquet"],
      [await put("multipart/form-data", csv), 415, "text/csv"],
      [await put("application/json", "{"), 400, "not JSON"],
      [await put("application/json", '{"from": "yesterday", "to": "2026-03-02T00:00:00Z"}'), 400, "RFC 3339"],
      [
        await put("application/json", '{"from": "2026-03-01T00:00:00Z", "to": "2026-03-02T00:00:00Z"}'),
        400,
        "no predictions between",
      ],
      [await put("application/x-ndjson", '{"distance": "far"}\n'), 400, "none of the 1 rows can be kept"],
    ] as const) {
      expect(answer.status).toBe(status);
      expect((await answer.json()).error.message).toContain(words);
    }
  });

  test("answers drift, timeline and segments, and refuses queries that make no sense", async () => {
    const report = await drift.GET(request("/drift?exact=true"));
    expect([report.status, await report.json()]).toMatchObject([
      200,
      { drift_detected: null, tested: 0, source: "raw" },
    ]);
    expect((await timeline.GET(request("/drift/timeline?bucket=hour"))).status).toBe(200);
    expect(await (await segments.GET(request("/segments"))).json()).toEqual({ dimensions: [] });
    for (const [path, words] of [
      ["/drift?reference=lastweek", "write baseline, previous"],
      ["/drift?segment=carrier:AA", "it can be cut by origin, prediction"],
      ["/drift?exact=maybe", "exact"],
      ["/drift?from=2026-03-02T00:00:00Z&to=2026-03-01T00:00:00Z", "swap from and to"],
    ] as const) {
      const answer = await drift.GET(request(path));
      expect(answer.status).toBe(400);
      expect((await answer.json()).error.message).toContain(words);
    }
  });

  test("takes a Parquet file", async () => {
    const file = readFileSync("lib/baselines/flights.fixture.parquet");
    const answer = await baseline.PUT(
      new Request("http://localhost/api/v1/models/other/versions/1/baseline", {
        method: "PUT",
        headers: {
          host: "localhost",
          authorization: `Bearer ${KEY}`,
          "content-type": "application/octet-stream",
        },
        body: new Uint8Array(file),
      }),
    );
    expect([answer.status, await answer.json()]).toEqual([
      200,
      {
        rows: 300,
        labelled: 300,
        features: [
          { name: "distance", type: "numerical", missing: 6 },
          { name: "stops", type: "numerical", missing: 0 },
          { name: "origin", type: "categorical", missing: 0 },
          { name: "cargo", type: "categorical", missing: 0 },
        ],
        rejected: [],
        notes: expect.arrayContaining(['left out, they describe the row: "id"']),
      },
    ]);
  });
});
