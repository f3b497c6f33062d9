import { createHash, randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import http from "node:http";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { pieces, testKeeper } from "@/lib/artifacts/keeper.fixture";
import { s3Keeper } from "@/lib/artifacts/s3";
import { type S3Place, S3Requests } from "@/lib/artifacts/s3-requests";
import { end, freePort, type Server, startServer } from "../faults/process";
import { CLIENTS, pythonOf, run } from "./python";
import { type S3Server, s3Python, startS3 } from "./s3-server";

/** Artifacts in a bucket of a real S3, and MLflow's client over it. */
const KEY = "bootstrap-key-of-the-bucket";
const python = await s3Python();
const newest = await pythonOf(CLIENTS.at(-1)!);

describe.skipIf(!python)("artifacts in S3", () => {
  let s3: S3Server;
  beforeAll(async () => {
    s3 = await startS3(python!, { prefix: "team/ml" });
  }, 120_000);
  afterAll(() => s3?.dispose());

  testKeeper(() => s3Keeper(s3.place));

  const uploadsOf = async (place: S3Place) => {
    const requests = new S3Requests(place);
    return (await requests.send({ method: "GET", key: null, query: { uploads: "" } })).text();
  };

  test("a file longer than a part comes back to the byte, whatever the sizes of its pieces", async () => {
    const keeper = s3Keeper(s3.place);
    const content = randomBytes(20 * 1024 * 1024 + 12_345);
    async function* uneven() {
      for (let from = 0, size = 1; from < content.length; from += size, size = (size * 7 + 3) % 900_001)
        yield content.subarray(from, from + size);
    }
    await keeper.put("big/file.bin", uneven());
    const file = (await keeper.read("big/file.bin"))!;
    expect(file.bytes).toBe(content.length);
    const back = Buffer.from(await new Response(file.stream).arrayBuffer());
    expect(sha256(back)).toBe(sha256(content));
    expect(await uploadsOf(s3.place)).not.toContain("<Upload>");
  });

  test("an upload that breaks off between its parts leaves no parts behind", async () => {
    async function* broken() {
      yield randomBytes(20 * 1024 * 1024);
      throw new Error("the client has gone");
    }
    await expect(s3Keeper(s3.place).put("big/half.bin", broken())).rejects.toThrow("the client has gone");
    expect(await s3Keeper(s3.place).read("big/half.bin")).toBeNull();
    expect(await uploadsOf(s3.place)).not.toContain("<Upload>");
  });

  test("a folder of more files than one answer holds is listed and erased whole", async () => {
    const requests = new S3Requests(s3.place);
    const names = Array.from({ length: 1005 }, (_, i) => `file-${String(i).padStart(4, "0")}`);
    const next = names[Symbol.iterator]();
    const worker = async () => {
      for (const name of next)
        await requests.must({ method: "PUT", key: `many/${name}`, body: Buffer.from(name) });
    };
    await Promise.all(Array.from({ length: 8 }, worker));
    const keeper = s3Keeper(s3.place);
    expect((await keeper.list("many")).map(({ name }) => name)).toEqual(names);
    expect(await keeper.remove("many")).toBe(true);
    expect(await keeper.list("many")).toEqual([]);
  });

  test("what fails on the way is sent again, the parts of a long file too", async () => {
    const faulty = await startFaulty(s3.place.endpoint!);
    try {
      const place = { ...s3.place, endpoint: faulty.url };
      const keeper = s3Keeper(place);
      const content = randomBytes(17 * 1024 * 1024);
      faulty.failing = 3;
      await keeper.put("again/big.bin", [content] as unknown as AsyncIterable<Buffer>);
      faulty.failing = 2;
      const file = (await keeper.read("again/big.bin"))!;
      expect(sha256(Buffer.from(await new Response(file.stream).arrayBuffer()))).toBe(sha256(content));
      faulty.failing = 1;
      expect(await keeper.list("again")).toEqual([
        { name: "big.bin", isFolder: false, bytes: content.length },
      ]);
      expect(faulty.failed).toBe(6);

      faulty.failing = Number.POSITIVE_INFINITY;
      const failed = faulty.failed;
      await expect(keeper.list("again")).rejects.toMatchObject({
        code: "store_unavailable",
        message: expect.stringMatching(/artifact store at http:.*(503|does not answer)/),
      });
      expect(faulty.failed - failed).toBe(5);
    } finally {
      await faulty.dispose();
    }
  });

  test("what is set wrongly is said in words", async () => {
    const list = (wrong: Partial<S3Place>) => s3Keeper({ ...s3.place, ...wrong }).list("");
    await expect(list({ bucket: "nobodys" })).rejects.toMatchObject({
      code: "store_unavailable",
      message: expect.stringContaining('there is no bucket "nobodys"'),
    });
    await expect(list({ endpoint: `http://127.0.0.1:${await freePort()}` })).rejects.toMatchObject({
      code: "store_unavailable",
      message: expect.stringContaining("ECONNREFUSED"),
    });
    await expect(s3Keeper({ ...s3.place, bucket: "nobodys" }).put("a", pieces("x"))).rejects.toMatchObject({
      code: "store_unavailable",
    });
  });

  test("a server says at its start that its bucket is not there, and serves all else", async () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), "tidemark-bucketless-"));
    const server = await startServer({
      TIDEMARK_DATA_DIR: folder,
      TIDEMARK_BOOTSTRAP_KEY: KEY,
      DATABASE_URL: "",
      TIDEMARK_ARTIFACTS_S3_ENDPOINT: s3.place.endpoint!,
      TIDEMARK_ARTIFACTS_S3_BUCKET: "nobodys",
      TIDEMARK_ARTIFACTS_S3_ACCESS_KEY_ID: "test",
      TIDEMARK_ARTIFACTS_S3_SECRET_ACCESS_KEY: "hush-hush",
    });
    try {
      await expect.poll(server.output, { timeout: 20_000 }).toContain('there is no bucket \\"nobodys\\"');
      expect(server.output()).not.toContain("hush-hush");
      const sent = await fetch(`${server.url}/api/2.0/mlflow-artifacts/artifacts/0/a.txt`, {
        method: "PUT",
        headers: { authorization: `Bearer ${KEY}` },
        body: "words",
      });
      expect(sent.status).toBe(503);
      expect((await sent.json()).message).toContain('there is no bucket "nobodys"');
    } finally {
      await end(server.child, "SIGTERM");
      rmSync(folder, { recursive: true, force: true });
    }
  });

  describe.skipIf(!newest)("with MLflow's client", () => {
    let folder: string;
    let server: Server;
    beforeAll(async () => {
      folder = mkdtempSync(path.join(os.tmpdir(), "tidemark-bucket-"));
      server = await startServer({
        TIDEMARK_DATA_DIR: folder,
        TIDEMARK_BOOTSTRAP_KEY: KEY,
        DATABASE_URL: "",
        TIDEMARK_ARTIFACTS_S3_ENDPOINT: s3.place.endpoint!,
        TIDEMARK_ARTIFACTS_S3_BUCKET: s3.place.bucket,
        TIDEMARK_ARTIFACTS_S3_PREFIX: "served",
        AWS_ACCESS_KEY_ID: s3.place.accessKeyId,
        AWS_SECRET_ACCESS_KEY: s3.place.secretAccessKey,
      });
    }, 120_000);
    afterAll(async () => {
      if (server) await end(server.child, "SIGTERM");
      rmSync(folder, { recursive: true, force: true });
    });

    for (const scenario of ["tracking", "registry"]) {
      test(scenario, async () => {
        const done = await run(newest!, [path.resolve("e2e/mlflow/scenarios", `${scenario}.py`)], {
          cwd: folder,
          timeoutMs: 280_000,
          env: {
            MLFLOW_TRACKING_URI: server.url,
            MLFLOW_TRACKING_TOKEN: KEY,
            MLFLOW_DISABLE_TELEMETRY: "true",
            GIT_PYTHON_REFRESH: "quiet",
            PYTHONWARNINGS: "ignore",
          },
        });
        expect(done.output.trim().split("\n").at(-1), done.output).toBe("ok");
        expect((await s3Keeper({ ...s3.place, prefix: "served" }).list("")).length).toBeGreaterThan(0);
      });
    }
  });
});

const sha256 = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");

/** Passes requests on to a store; of those that it is told to, fails every second without an answer. */
async function startFaulty(store: string) {
  const state = { failing: 0, failed: 0, url: "", dispose: async () => {} };
  const server = http.createServer((request, response) => {
    if (state.failing > 0) {
      state.failing--;
      state.failed++;
      if (state.failed % 2 === 0) return request.socket.destroy();
      request.resume();
      return response.writeHead(503).end("<Error><Code>SlowDown</Code></Error>");
    }
    const { hostname, port } = new URL(store);
    const onward = http.request(
      // The signature covers the host that was asked.
      { hostname, port, method: request.method, path: request.url, headers: request.headers },
      (answer) => {
        response.writeHead(answer.statusCode!, answer.headers);
        answer.pipe(response);
      },
    );
    request.pipe(onward);
    return onward;
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  state.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  state.dispose = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return state;
}
