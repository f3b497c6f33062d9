import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import manifest from "@/package.json" with { type: "json" };
import { exportFiles } from "@/scripts/demo/export-files";
import { TrackingClient } from "@/scripts/demo/mlflow";
import { readModelFile } from "@/scripts/demo/model-file";
import { freePort } from "./faults/process";
import { seedRegistry } from "./seed-registry";
import { BOOTSTRAP_KEY } from "./servers";
import { posterOf } from "./sign-in";
import { expect, test } from "./test";

const json = { type: "application/json", method: "POST" } as const;

type Done = { code: number | null; out: string; error: string };

/** `npm run gate -- …`, or another, without npm between, which would look after packages first. */
function command(
  name: "gate" | "evaluate",
  words: readonly string[],
  environment: Record<string, string>,
): Promise<Done> {
  const [, ...program] = manifest.scripts[name].split(" ");
  const { TIDEMARK_URL: _, TIDEMARK_API_KEY: __, ...own } = process.env;
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...program, ...words], {
      env: { ...own, ...environment },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let [out, error] = ["", ""];
    child.stdout.on("data", (data) => (out += data));
    child.stderr.on("data", (data) => (error += data));
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, out, error }));
  });
}

const gate = (words: readonly string[], environment: Record<string, string>) =>
  command("gate", words, environment);

test.setTimeout(300_000);

test("npm run gate says in its exit code and a table whether a version may be promoted", async ({
  api,
  ownName,
}) => {
  const model = ownName("gated");
  await seedRegistry(api.post, model);
  await api.post(`/api/v1/models/${model}/policy`, {
    method: "PUT",
    type: "application/json",
    body: JSON.stringify({
      revision: 0,
      targets: [
        {
          kind: "stage",
          name: "Production",
          approvals: 1,
          gates: [
            { kind: "metric", metric: "auc", source: "run", at_least: 0.8 },
            { kind: "metric", metric: "log_loss", source: "run", at_most: 0.6 },
          ],
        },
      ],
    }),
  });
  const { secret } = (await api.post("/api/v1/keys", {
    ...json,
    body: JSON.stringify({ name: ownName("pipeline"), scopes: ["read", "ingest"] }),
  })) as { secret: string };
  const environment = { TIDEMARK_URL: api.url, TIDEMARK_API_KEY: secret };
  const at = (version: string) => ["--model", model, "--version", version, "--stage", "Production"];

  const passes = await gate(at("2"), environment);
  expect(passes.code, passes.error).toBe(0);
  expect(passes.out.split("\n").map((line) => line.replace(/ {2,}/g, " | "))).toEqual([
    " | gate | value | 95 % interval | passes at",
    "pass | AUC of the run | 0.812 | at least 0.800",
    "pass | log loss of the run | 0.502 | at most 0.600",
    "",
    "All 2 gates pass; 1 person has to approve.",
    "",
  ]);

  const fails = await gate(at("1"), environment);
  expect(fails.code, fails.error).toBe(1);
  expect(fails.out).toMatch(/^FAIL {2}AUC of the run +0\.786 +at least 0\.800$/m);
  expect(fails.out).toMatch(/^ {6}AUC is 0\.786; it passes with at least 0\.800$/m);
  expect(fails.out).toContain("1 of 2 gates fails: AUC of the run.");

  const told = await gate([...at("1"), "--json"], environment);
  expect(told.code).toBe(1);
  expect(JSON.parse(told.out)).toMatchObject({ model, version: "1", passed: false, protected: true });

  // What cannot be found out is neither.
  const wrongKey = await gate(at("2"), { ...environment, TIDEMARK_API_KEY: "tm_ir_nobody" });
  expect(wrongKey).toMatchObject({ code: 2, out: "" });
  expect(wrongKey.error).toMatch(/key/);
  const server = `http://127.0.0.1:${await freePort()}`;
  const nobody = await gate([...at("2"), "--server", server], environment);
  expect(nobody).toMatchObject({ code: 2, out: "" });
  expect(nobody.error).toContain(`no Tidemark answers at ${server}: set --server or TIDEMARK_URL`);
  const unknown = await gate(at("9"), environment);
  expect(unknown).toMatchObject({ code: 2, out: "" });
  expect(unknown.error).toMatch(/version.*9/);
  const words = await gate(["--model", model], environment);
  expect(words).toMatchObject({ code: 2, out: "" });
  expect(words.error).toContain("--version is missing");
});

test("it asks for the promotion, waits for the decision, and is red where it is refused", async ({
  api,
  ownName,
}) => {
  const model = ownName("waited");
  await seedRegistry(api.post, model);
  await api.post(`/api/v1/models/${model}/policy`, {
    method: "PUT",
    type: "application/json",
    body: JSON.stringify({
      revision: 0,
      targets: [
        {
          kind: "stage",
          name: "Production",
          approvals: 1,
          gates: [{ kind: "metric", metric: "auc", source: "run", at_least: 0.7 }],
        },
      ],
    }),
  });
  const key = async (scopes: string[]) =>
    (
      (await api.post("/api/v1/keys", {
        ...json,
        body: JSON.stringify({ name: ownName("key"), scopes }),
      })) as { secret: string }
    ).secret;
  const environment = { TIDEMARK_URL: api.url, TIDEMARK_API_KEY: await key(["read", "ingest"]) };
  const reviewer = await posterOf({ server: test.info().project.name, url: api.url, role: "reviewer" });
  const ask = (version: string, ...more: string[]) =>
    gate(
      [
        ...["--model", model, "--version", version, "--stage", "Production"],
        ...["--request", "better on June", ...more],
      ],
      environment,
    );
  const openOf = async (version: string) => {
    type Promotions = { promotions: { promotion_id: string; version: string }[] };
    const { promotions } = await api.get<Promotions>(`/api/v1/promotions?model=${model}&state=open`);
    return promotions.filter((each) => each.version === version).map(({ promotion_id }) => promotion_id);
  };
  const decide = (id: string, deed: string) =>
    reviewer(`/api/v1/promotions/${id}/${deed}`, { ...json, body: JSON.stringify({ words: "seen" }) });

  // A wait that ends before the decision has found nothing out; asked again it is the same request.
  const first = await ask("1", "--wait", "0.01");
  expect(first.code, first.error).toBe(2);
  expect(first.out).toContain("when one more person approves");
  const [id, ...others] = await openOf("1");
  expect(others).toEqual([]);
  expect(first.out).toContain(`${api.url}/promotions/${id}`);
  const waits = ask("1", "--wait", "3");
  await decide(id!, "approve");
  const promoted = await waits;
  expect(promoted.code, promoted.error).toBe(0);
  // Whether it was asked just before or just after the decision, the version is there.
  expect(promoted.out).toMatch(/version 1 (went to Production|of waited-\S+ has Production already)/);
  expect((await ask("1")).code).toBe(0);

  const second = ask("2", "--wait");
  await expect.poll(async () => (await openOf("2")).length).toBe(1);
  await decide((await openOf("2"))[0]!, "refuse");
  const refused = await second;
  expect(refused.code, refused.error).toBe(1);
  expect(refused.out).toContain("Refused by");
  expect(refused.out).toContain("seen");
});

test("npm run evaluate saves evidence that the server confirms, and the gate counts it", async ({
  api,
  ownName,
}) => {
  const model = ownName("piped");
  const client = new TrackingClient(api.url, BOOTSTRAP_KEY);
  await client.post("mlflow/registered-models/create", { name: model });
  const { run } = await client.post<{ run: { info: { run_id: string; artifact_uri: string } } }>(
    "mlflow/runs/create",
    { experiment_id: "0", start_time: 1 },
  );
  const { run_id, artifact_uri } = run.info;
  for (const { path, bytes } of exportFiles(readModelFile("2"))) {
    await client.putArtifact(artifact_uri, `model/${path}`, bytes);
  }
  await client.post("mlflow/model-versions/create", { name: model, source: `${artifact_uri}/model`, run_id });
  const rows = Array.from({ length: 600 }, (_, i) => {
    const delay = ((i * 13) % 90) - 12;
    return `${delay},${(i * 5) % 24},${90 + ((i * 37) % 2400)},ORD,LAX,${delay + (i % 7) * 9 > 60 ? "late" : "on_time"}`;
  });
  const csv = ["recent_delay_at_origin,departure_hour,distance,origin,destination,label", ...rows, ""].join(
    "\n",
  );
  const sha256 = createHash("sha256").update(csv).digest("hex");
  await api.post(`/api/v1/models/${model}/datasets/${sha256}?name=made-up.csv&label=label`, {
    method: "PUT",
    type: "text/csv",
    body: csv,
  });
  await api.post(`/api/v1/models/${model}/policy`, {
    method: "PUT",
    type: "application/json",
    body: JSON.stringify({
      revision: 0,
      targets: [
        {
          kind: "stage",
          name: "Production",
          approvals: 1,
          gates: [{ kind: "metric", metric: "auc", at_least: 0.5 }],
        },
      ],
    }),
  });
  const { secret } = (await api.post("/api/v1/keys", {
    ...json,
    body: JSON.stringify({ name: ownName("pipeline"), scopes: ["read", "ingest"] }),
  })) as { secret: string };
  const environment = { TIDEMARK_URL: api.url, TIDEMARK_API_KEY: secret };
  const at = ["--model", model, "--version", "1"];

  const before = await gate([...at, "--stage", "Production"], environment);
  expect(before.code, before.error).toBe(1);
  expect(before.out).toContain("version 1 has no evaluation: evaluate it and save that as evidence");

  const done = await command("evaluate", [...at, "--dataset", "made-up.csv"], environment);
  expect(done.code, done.error).toBe(0);
  expect(done.out).toMatch(/^AUC +0\.\d{3} +\(0\.\d{3} to 0\.\d{3}\)$/m);
  expect(done.out).toContain("600 rows on wasm");
  expect(done.out).toContain("confirmed: the server's wasm gives the same 600 scores");
  expect((await gate([...at, "--stage", "Production"], environment)).code).toBe(0);

  const missing = await command("evaluate", [...at, "--dataset", "june.csv"], environment);
  expect(missing).toMatchObject({ code: 2, out: "" });
  expect(missing.error).toContain(`${model} has no dataset "june.csv": it has "made-up.csv"`);
});
