import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it, vi } from "vitest";
import { TidemarkClient, type TidemarkClientOptions } from "./client";
import { fakeServer } from "./fake-server";
import type { TidemarkError } from "./send";
import type { Row } from "./wire";

let server: Awaited<ReturnType<typeof fakeServer>> | undefined;
afterEach(() => server?.stop());

async function serve(
  answer?: Parameters<typeof fakeServer>[0],
  options: Partial<TidemarkClientOptions> = {},
) {
  server = await fakeServer(answer);
  const client = new TidemarkClient({
    url: server.url,
    apiKey: "key",
    model: "m",
    version: "1",
    flushOnExit: false,
    retry: { baseMs: 5, maxMs: 20 },
    ...options,
  });
  return { client, received: server.received };
}

const row = (x: number) => ({ features: { x }, prediction: "late", score: 0.5 });
const xs = (rows: Row[]) => rows.map((one) => ("features" in one ? one.features.x : null));
const overloaded = (status: number, headers = {}) => ({
  status,
  headers,
  body: { error: { code: "overloaded", message: "try later" } },
});

describe("what is sent", () => {
  it("is the wire contract: model, version, key, and rows with an id and a timestamp", async () => {
    const { client, received } = await serve();
    const id = await client.log(row(1));
    await client.label({ id, label: "late" });
    await client.close();
    expect(received.map(({ method, path }) => `${method} ${path}`)).toEqual([
      "POST /api/v1/predictions",
      "POST /api/v1/ground-truth",
    ]);
    expect(received[0]!.headers.authorization).toBe("Bearer key");
    expect(JSON.parse(received[0]!.text)).toEqual({
      model: "m",
      version: "1",
      predictions: [{ ...row(1), id, timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) }],
    });
    expect(JSON.parse(received[1]!.text)).toEqual({
      model: "m",
      labels: [{ id, label: "late", timestamp: expect.any(String) }],
    });
  });

  it("keeps an id and a timestamp that the caller gives", async () => {
    const { client, received } = await serve();
    const timestamp = new Date("2001-02-03T04:05:00Z");
    expect(await client.log({ ...row(1), id: "fl-7", timestamp })).toBe("fl-7");
    await client.close();
    expect(received[0]!.rows[0]).toMatchObject({ id: "fl-7", timestamp: "2001-02-03T04:05:00.000Z" });
  });

  it("is the row as it was when it was logged", async () => {
    const { client, received } = await serve();
    const prediction = row(1);
    await client.log(prediction);
    prediction.features.x = 2;
    await client.close();
    expect(xs(received[0]!.rows)).toEqual([1]);
  });

  it("is compressed when asked", async () => {
    const { client, received } = await serve(undefined, { gzip: true });
    await client.log(row(1));
    await client.close();
    expect(received[0]!.headers["content-encoding"]).toBe("gzip");
    expect(xs(received[0]!.rows)).toEqual([1]);
  });

  it("goes out in full batches, in the order of the calls, one request at a time", async () => {
    let open = 0;
    let most = 0;
    const { client, received } = await serve(
      () => {
        most = Math.max(most, ++open);
        setTimeout(() => open--, 4);
        return { delayMs: 5 };
      },
      { batchSize: 10 },
    );
    for (let x = 0; x < 45; x++) await client.log(row(x));
    await client.close();
    expect(received.map(({ rows }) => rows.length)).toEqual([10, 10, 10, 10, 5]);
    expect(received.flatMap(({ rows }) => xs(rows))).toEqual(Array.from({ length: 45 }, (_, x) => x));
    expect(most).toBe(1);
    expect(client.counts.accepted).toBe(45);
  });

  it("goes out after the delay when the batch does not fill", async () => {
    const { client, received } = await serve(undefined, { maxDelayMs: 20 });
    await client.log(row(1));
    await vi.waitFor(() => expect(received).toHaveLength(1));
    await client.close();
  });

  it("includes a baseline as a file", async () => {
    const reply = { rows: 1, features: [{ name: "x", type: "numerical", missing: 0 }] };
    const { client, received } = await serve(() => ({ body: reply }));
    expect(await client.putBaseline("x,label\n1,late\n", "csv")).toEqual(reply);
    expect(received[0]).toMatchObject({ method: "PUT", path: "/api/v1/models/m/versions/1/baseline" });
    expect(received[0]!.headers["content-type"]).toBe("text/csv");
    await client.close();
  });
});

describe("retries", () => {
  it.each([429, 502, 503, 504])("sends the very same bytes again after %i", async (status) => {
    const { client, received } = await serve((_, nth) => (nth < 3 ? overloaded(status) : {}));
    await client.log(row(1));
    await client.close();
    expect(received).toHaveLength(3);
    expect(new Set(received.map(({ text }) => text)).size).toBe(1);
    expect(client.counts).toMatchObject({ accepted: 1, failed: 0 });
  });

  it("sends the very same ids again when the connection breaks after the request", async () => {
    const { client, received } = await serve((_, nth) => (nth === 1 ? { cut: true } : {}));
    const id = await client.log(row(1));
    await client.close();
    expect(received.map(({ rows }) => rows[0]!.id)).toEqual([id, id]);
  });

  it("waits as long as Retry-After says", async () => {
    const { client, received } = await serve((_, nth) =>
      nth === 1 ? overloaded(429, { "retry-after": "1" }) : {},
    );
    await client.log(row(1));
    await client.close();
    expect(received[1]!.at - received[0]!.at).toBeGreaterThanOrEqual(990);
  });

  it("keeps the order of the rows behind a retry", async () => {
    const { client, received } = await serve((_, nth) => (nth === 1 ? overloaded(503) : {}), {
      batchSize: 2,
    });
    for (let x = 0; x < 6; x++) await client.log(row(x));
    await client.close();
    expect(received.map(({ rows }) => xs(rows))).toEqual([
      [0, 1],
      [0, 1],
      [2, 3],
      [4, 5],
    ]);
  });

  it.each([400, 401, 403, 404, 413, 500])(
    "does not send again after %i; the rows and the reason are told",
    async (status) => {
      const failed: [Row[], TidemarkError][] = [];
      const { client, received } = await serve(
        () => ({ status, body: { error: { code: "bad", message: "no such key: make one under Settings" } } }),
        { onFailed: (rows, error) => failed.push([rows, error]) },
      );
      await client.log(row(1));
      await expect(client.flush()).rejects.toMatchObject({ name: "TidemarkError", status, code: "bad" });
      expect(received).toHaveLength(1);
      expect(xs(failed[0]![0])).toEqual([1]);
      expect(failed[0]![1].message).toContain("no such key: make one under Settings");
      expect(client.counts.failed).toBe(1);
      await client.close();
    },
  );

  it("gives up after retry.forMs and goes on with the next rows", async () => {
    const { client } = await serve((_, nth) => (nth === 1 ? overloaded(503, { "retry-after": "60" }) : {}), {
      retry: { forMs: 100 },
      onFailed: () => {},
    });
    await client.log(row(1));
    await expect(client.flush()).rejects.toMatchObject({ status: 503 });
    await client.log(row(2));
    await client.close();
    expect(client.counts).toMatchObject({ accepted: 1, failed: 1 });
  });

  it("names the reason when nobody answers", async () => {
    const { client } = await serve(undefined, { retry: { forMs: 0 }, onFailed: () => {} });
    await server!.stop();
    await client.log(row(1));
    await expect(client.close()).rejects.toThrow(/no answer \(ECONNREFUSED\)/);
  });
});

describe("rejected rows", () => {
  it("are told one by one with the server's reason, and the others count", async () => {
    const rejected: [Row, string][] = [];
    const error = 'features.x: expected a number, got "far"';
    const { client } = await serve(
      ({ rows }) => ({
        body: { accepted: 2, duplicates: 0, rejected: [{ index: 1, id: rows[1]!.id, error }] },
      }),
      { onRejected: (one, why) => rejected.push([one, why]) },
    );
    for (const id of ["a", "b", "c"]) await client.log({ ...row(1), id });
    await client.close();
    expect(rejected).toEqual([[expect.objectContaining({ id: "b", features: { x: 1 } }), error]]);
    expect(client.counts).toMatchObject({ accepted: 2, rejected: 1, failed: 0 });
  });

  it("warn once per batch when nobody listens, and a listener that throws stops nothing", async () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    const body = { accepted: 0, duplicates: 0, rejected: [{ index: 0, id: "a", error: "no" }] };
    const { client } = await serve(() => ({ body }));
    await client.log({ ...row(1), id: "a" });
    await client.close();
    expect(warn).toHaveBeenCalledWith("tidemark: 1 of 1 rows rejected, such as a: no");
    await server!.stop();
    const throwing = await serve(() => ({ body }), {
      onRejected: () => {
        throw new Error("mine");
      },
    });
    await throwing.client.log(row(1));
    await throwing.client.close();
    expect(throwing.client.counts.rejected).toBe(1);
    warn.mockRestore();
  });
});

describe("the buffer", () => {
  it("never holds more than maxBuffered rows: log waits for room, and nothing is dropped", async () => {
    const { client, received } = await serve(() => ({ delayMs: 5 }), { batchSize: 10, maxBuffered: 20 });
    let buffered = 0;
    const logged = Array.from({ length: 100 }, (_, x) => client.log(row(x)).then(() => buffered++));
    await new Promise((resolve) => setImmediate(resolve));
    expect(buffered).toBeLessThanOrEqual(20 + 10);
    await Promise.all(logged);
    await client.close();
    expect(received.flatMap(({ rows }) => xs(rows))).toEqual(Array.from({ length: 100 }, (_, x) => x));
  });

  it("is sent by close, with the rows that still waited for room, and then takes no more", async () => {
    const { client, received } = await serve(undefined, { batchSize: 2, maxBuffered: 2 });
    const logged = [1, 2, 3, 4, 5].map((x) => client.log(row(x)));
    await client.close();
    await Promise.all(logged);
    expect(received.flatMap(({ rows }) => xs(rows))).toEqual([1, 2, 3, 4, 5]);
    expect(client.pending).toBe(0);
    await expect(client.log(row(6))).rejects.toThrow("the client is closed");
  });
});

describe("when the process goes away", () => {
  const script = fileURLToPath(new URL("./exit.fixture.ts", import.meta.url));
  const run = (how: string) =>
    new Promise<{ code: number | null; signal: string | null }>((resolve) => {
      const child = spawn(process.execPath, ["--import", "tsx", script, server!.url, how], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      child.stdout.once("data", () => how !== "end" && child.kill(how as NodeJS.Signals));
      child.on("exit", (code, signal) => resolve({ code, signal }));
    });

  it("sends what waits, and ends at once when there is nothing else to do", async () => {
    server = await fakeServer();
    expect(await run("end")).toEqual({ code: 0, signal: null });
    expect(server.received.flatMap(({ rows }) => xs(rows))).toEqual([1, 2, 3]);
  }, 20_000);

  it.each(["SIGTERM", "SIGINT"])(
    "sends what waits on %s, and the signal still ends it",
    async (signal) => {
      server = await fakeServer();
      expect(await run(signal)).toEqual({ code: null, signal });
      expect(server.received.flatMap(({ rows }) => xs(rows))).toEqual([1, 2, 3]);
    },
    20_000,
  );
});
