import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import type { Browser, Page } from "@playwright/test";
import type { Role } from "@/lib/people/roles";
import { writeVersionCard } from "@/scripts/demo/card";
import { exportFiles } from "@/scripts/demo/export-files";
import { isoOf } from "@/scripts/demo/flight-table";
import { CATEGORICAL, Flights, JANUARY, NUMERIC } from "@/scripts/demo/flights";
import { heldOutCsv } from "@/scripts/demo/held-out";
import { TrackingClient } from "@/scripts/demo/mlflow";
import { type DemoVersion, readModelFile } from "@/scripts/demo/model-file";
import { GATES } from "@/scripts/demo/policy";
import { CLIENTS, pythonOf, pythonWith, run } from "./mlflow/python";
import { BOOTSTRAP_KEY, emailOf, sessionFile } from "./servers";
import { expect, test } from "./test";

/** Every eighth flight of January: enough for a model as good as the demo's. */
const TRAINING_STEP = 8;
/** A virtual environment is made at the first run, and models are trained. */
const LONG_MS = 15 * 60_000;
/** The server repeats an evaluation in a process of its own, beside whatever the other tests do. */
const REPEATED = { timeout: 180_000 };

/** As scripts/onnx/flights.py needs them; protobuf 6 refuses what skl2onnx writes. */
const ONNX_PACKAGES = [
  "mlflow==3.*",
  "setuptools<81",
  "scikit-learn==1.7.*",
  "skl2onnx==1.19.*",
  "onnx==1.19.*",
  "onnxruntime==1.*",
  "protobuf<6",
  "packaging",
];

/** What the demo's training measured on the last week of January (scripts/demo/FINDINGS.md). */
const MEASURED: Record<DemoVersion, Record<string, number>> = {
  "1": { val_auc: 0.6712, val_log_loss: 0.4539, val_brier: 0.1427, val_accuracy: 0.769 },
  "2": { val_auc: 0.6741, val_log_loss: 0.4502, val_brier: 0.1414, val_accuracy: 0.771 },
};

type Versions = { versions: { version: string; stage: string; aliases: string[] }[] };
type Api = { url: string; get: <Reply>(path: string) => Promise<Reply> };
type File = { name: string; mimeType: string; buffer: Buffer };

test.use({ role: "analyst", actionTimeout: 60_000, navigationTimeout: 60_000 });
test.setTimeout(LONG_MS);

let june: string;
let flights: Flights;
test.beforeAll(async () => {
  flights = await Flights.read();
  june = heldOutCsv(flights);
});

const sha256 = (content: string | Buffer) => createHash("sha256").update(content).digest("hex");

async function send(api: Api, method: string, address: string, body: object | string): Promise<Response> {
  return fetch(`${api.url}${address}`, {
    method,
    headers: {
      authorization: `Bearer ${BOOTSTRAP_KEY}`,
      "content-type": typeof body === "string" ? "text/csv" : "application/json",
    },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
}

async function sent(api: Api, method: string, address: string, body: object | string): Promise<void> {
  const reply = await send(api, method, address, body);
  expect(reply.ok, `${method} ${address}: ${await reply.text()}`).toBe(true);
}

/** The next version of a model, with its run and files, as the demo's training leaves it. */
async function registerTrained(api: Api, model: string, version: DemoVersion): Promise<void> {
  const client = new TrackingClient(api.url, BOOTSTRAP_KEY);
  const { run } = await client.post<{ run: { info: { run_id: string; artifact_uri: string } } }>(
    "mlflow/runs/create",
    { experiment_id: "0", run_name: `trained-${version}`, start_time: Date.now() },
  );
  const { run_id, artifact_uri } = run.info;
  const metrics = Object.entries(MEASURED[version]).map(([key, value]) => ({
    key,
    value,
    timestamp: Date.now(),
    step: 0,
  }));
  await client.post("mlflow/runs/log-batch", { run_id, metrics });
  await client.post("mlflow/runs/log-inputs", {
    run_id,
    datasets: [
      {
        tags: [{ key: "mlflow.data.context", value: "training" }],
        dataset: { name: "flights-2001-01", digest: "2001-01", source_type: "npm", source: "vega-datasets" },
      },
    ],
  });
  for (const { path, bytes } of exportFiles(readModelFile(version))) {
    await client.putArtifact(artifact_uri, `model/${path}`, bytes);
  }
  await client.post("mlflow/model-versions/create", { name: model, source: `${artifact_uri}/model`, run_id });
}

/** The demo's model with its first version in Production, its flights of June, and nothing protected yet. */
async function makeModel(api: Api, model: string): Promise<void> {
  await sent(api, "POST", "/api/2.0/mlflow/registered-models/create", { name: model });
  await registerTrained(api, model, "1");
  await sent(api, "PATCH", `/api/v1/models/${model}/versions/1`, {
    stage: "Production",
    aliases: ["champion"],
  });
  const query = new URLSearchParams({ name: "flights of June 2001.csv", label: "label" });
  await sent(api, "PUT", `/api/v1/models/${model}/datasets/${sha256(june)}?${query}`, june);
}

const protect = (api: Api, model: string) =>
  sent(api, "PUT", `/api/v1/models/${model}/policy`, {
    revision: 0,
    targets: [
      { kind: "stage", name: "Production", approvals: 1, gates: GATES },
      { kind: "alias", name: "champion", approvals: 1, gates: [] },
    ],
    why: "the demo's gates",
  });

/** Runs what the page has loaded, keeps it, and waits for what the server finds. */
async function evaluateAndSave(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Evaluate 20,000 rows" }).click();
  await expect(page.getByText(/20,000 rows in .* on /)).toBeVisible();
  await page.getByRole("button", { name: "Save as evidence" }).click();
  await expect(page.getByText("What it rests on")).toBeVisible();
  await expect(page.getByText(/gives the same 20,000 scores/)).toBeVisible(REPEATED);
  await expect(page.getByText("the same file as registered")).toBeVisible();
}

/** A page of somebody else, who is signed in on another machine. */
async function pageOf(browser: Browser, role: Role, project: string, url: string): Promise<Page> {
  const context = await browser.newContext({
    storageState: sessionFile(project, role),
    baseURL: url,
    viewport: { width: 1440, height: 900 },
  });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  return page;
}

const versionsOf = async (api: Api, model: string) => {
  const { versions } = await api.get<Versions>(`/api/v1/models/${model}/versions`);
  return Object.fromEntries(versions.map(({ version, stage, aliases }) => [version, { stage, aliases }]));
};

const decide = (page: Page, id: string, deed: string) =>
  page.evaluate(
    async ([address, words]) => {
      const reply = await fetch(address!, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ words }),
      });
      return { status: reply.status, body: JSON.stringify(await reply.json()) };
    },
    [`/api/v1/promotions/${id}/${deed}`, "by the API"],
  );

/** MLflow's own message, as its client sends it when a version is to be moved. */
const transition = async (api: Api, name: string, version: string) => {
  const reply = await send(api, "POST", "/api/2.0/mlflow/model-versions/transition-stage", {
    name,
    version,
    stage: "Production",
    archive_existing_versions: false,
  });
  return { status: reply.status, body: (await reply.json()) as { error_code: string; message: string } };
};

type Journey = {
  page: Page;
  browser: Browser;
  project: string;
  api: Api;
  model: string;
  /** The files of version 2, as the analyst has them on their disk. */
  files: File[];
  /** What the page says that the model reads. */
  reads: RegExp;
};

/** From the analyst's upload to the reviewer's approval. @returns the id of the promotion */
async function promote({ page, browser, project, api, model, files, reads }: Journey): Promise<string> {
  // The champion has to have been evaluated on the same rows.
  await page.goto(`/models/${model}/1/evaluate?source=registry&dataset=${sha256(june)}`);
  await evaluateAndSave(page);

  // The analyst uploads the challenger and evaluates it on the held-out flights of June.
  await page.goto(`/models/${model}/2/evaluate`);
  await page.getByLabel(/TensorFlow\.js model/).setInputFiles(files);
  await expect(page.getByText(reads)).toBeVisible();
  await page
    .getByLabel("Registered dataset")
    .selectOption({ label: "flights of June 2001.csv (20,000 rows)" });
  await evaluateAndSave(page);
  await writeVersionCard({ url: api.url, apiKey: BOOTSTRAP_KEY, model }, "2");
  await protect(api, model);

  // … and asks for Production.
  await page.goto(`/models/${model}/2/promote?stage=Production`);
  await expect(page.locator("p.verdict")).toContainText("All 5 gates pass; 1 person has to approve");
  await page.getByLabel("Reason").fill("ranks the flights of June better");
  await page.getByRole("button", { name: "Ask for Production" }).click();
  await expect(page).toHaveURL(/\/promotions\/[0-9a-f-]{36}$/);
  const id = page.url().split("/").at(-1)!;
  await expect(page.locator("p.verdict")).toContainText(
    "All 5 gates pass: version 2 takes the place of version 1 in Production when one more person approves",
  );

  // Around it there is no way: the unmodified call is told where the request waits.
  expect(await transition(api, model, "2")).toMatchObject({
    status: 403,
    body: {
      error_code: "PERMISSION_DENIED",
      message: expect.stringContaining(`${api.url}/promotions/${id}`),
    },
  });

  // Who asked cannot approve: as an analyst not at all, as a reviewer of the model not this one.
  await expect(page.getByText("You cannot approve it: you asked for it yourself")).toBeVisible();
  await expect(page.getByRole("button", { name: "Approve" })).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Refuse" })).toBeDisabled();
  await expect(page.getByText("You are analyst; this needs reviewer.")).toBeVisible();
  expect(await decide(page, id, "approve")).toMatchObject({
    status: 403,
    body: expect.stringContaining("this needs reviewer"),
  });
  const { people } = await api.get<{ people: { id: string; email: string }[] }>("/api/v1/people");
  const analyst = people.find(({ email }) => email === emailOf("analyst"))!;
  const asReviewer = { model_roles: [{ model, role: "reviewer" }] };
  await sent(api, "PATCH", `/api/v1/people/${analyst.id}`, asReviewer);
  expect(await decide(page, id, "approve")).toMatchObject({
    status: 403,
    body: expect.stringContaining("somebody else has to approve"),
  });
  await page.reload();
  await expect(page.getByText("You cannot approve it: you asked for it yourself")).toBeVisible();
  await expect(page.getByRole("button", { name: "Approve" })).toHaveCount(0);

  // A viewer sees that it is not theirs to decide.
  const viewer = await pageOf(browser, "viewer", project, api.url);
  await viewer.goto(`/promotions/${id}`);
  await expect(viewer.getByRole("button", { name: "Approve" })).toBeDisabled();
  await expect(viewer.getByText("You are viewer; this needs reviewer.")).toBeVisible();
  await viewer.goto(`/promotions/policy?model=${model}`);
  await expect(viewer.getByRole("button", { name: "Save policy" })).toBeDisabled();
  await viewer.context().close();

  // The reviewer repeats the evaluation in their own browser: files, rows and mapping are those of the evidence.
  const reviewer = await pageOf(browser, "reviewer", project, api.url);
  await reviewer.goto(`/promotions/${id}`);
  await expect(reviewer.locator("p.verdict")).toContainText("All 5 gates pass");
  const ofChallenger = reviewer
    .getByRole("region", { name: "Evidence" })
    .getByRole("listitem")
    .filter({ hasText: "version 2 on 20,000 rows" });
  await expect(ofChallenger).toContainText("confirmed");
  await ofChallenger.getByRole("link", { name: "Repeat in my browser" }).click();
  await expect(reviewer).toHaveURL(/\/2\/evaluate\?evidence=[0-9a-f-]{36}$/);
  const repetition = reviewer.getByRole("region", { name: "Repetition" });
  await expect(repetition).toContainText("20,000 rows of flights of June 2001.csv");
  await expect(repetition).toContainText(
    "Your browser gives the same labels and scores, 20,000 rows of them.",
    REPEATED,
  );
  await expect(reviewer.getByText(reads)).toBeVisible();
  await expect(reviewer.getByLabel("Registered dataset")).toHaveValue(sha256(june));
  await repetition.getByText("Number by number").click();
  const auc = repetition
    .getByRole("row")
    .filter({ hasText: /^ROC AUC/ })
    .getByRole("cell");
  expect(await auc.nth(1).textContent()).toMatch(/^0\.[67]\d\d$/);
  expect(await auc.nth(2).textContent()).toBe(await auc.nth(1).textContent());

  // … and approves.
  await reviewer.goto(`/promotions/${id}`);
  await reviewer.keyboard.press("w");
  await reviewer.keyboard.type("repeated it: the same scores, and the gates convince me");
  await reviewer.getByRole("button", { name: "Approve" }).click();
  await expect(reviewer.locator("p.verdict")).toContainText(
    `Promoted by ${emailOf("reviewer")}: version 2 went to Production`,
  );
  await reviewer.context().close();
  return id;
}

/** Stage, alias, history, card and audit log tell the same story. */
async function agree({ page, browser, project, api, model }: Journey, id: string): Promise<void> {
  expect(await versionsOf(api, model)).toEqual({
    "1": { stage: "Archived", aliases: ["champion"] },
    "2": { stage: "Production", aliases: [] },
  });
  // The alias is asked for and approved over HTTP, by the same two.
  const asked = await page.evaluate(async (name) => {
    const reply = await fetch("/api/v1/promotions", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        model: name,
        version: "2",
        target: { kind: "alias", name: "champion" },
        reason: "it serves now",
      }),
    });
    return ((await reply.json()) as { promotion_id: string }).promotion_id;
  }, model);
  const reviewer = await pageOf(browser, "reviewer", project, api.url);
  await reviewer.goto(`/promotions/${asked}`);
  expect(await decide(reviewer, asked, "approve")).toMatchObject({ status: 200 });
  expect((await versionsOf(api, model))["2"]).toEqual({ stage: "Production", aliases: ["champion"] });

  await reviewer.goto(`/models/${model}/2/versions`);
  const history = reviewer.getByRole("region", { name: "History of the model’s versions" });
  const moved = history.getByRole("row").filter({ hasText: "moved version 2 from no stage to Production" });
  await expect(moved).toContainText(emailOf("reviewer"));
  await expect(moved).toContainText("ranks the flights of June better");
  await expect(moved.getByRole("link", { name: "by promotion" })).toHaveAttribute(
    "href",
    `/promotions/${id}`,
  );
  await expect(
    history.getByRole("row").filter({ hasText: "moved the alias champion from version 1 to version 2" }),
  ).toContainText("by promotion");
  await reviewer.context().close();

  type Card = { revision: number; yaml: string };
  type Promotion = {
    snapshot: {
      card: { revision: number; yaml_sha256: string };
      evidence: { version: string; state: string; belongs: boolean; dataset: string }[];
    };
    snapshot_sha256: string;
  };
  const card = await api.get<Card>(`/api/v1/models/${model}/versions/2/card`);
  const { snapshot, snapshot_sha256 } = await api.get<Promotion>(`/api/v1/promotions/${id}`);
  expect(snapshot.card).toEqual({ revision: card.revision, yaml_sha256: sha256(card.yaml) });
  expect(snapshot.evidence.map(({ version }) => version).sort()).toEqual(["1", "2"]);
  for (const each of snapshot.evidence) {
    expect(each).toMatchObject({ state: "confirmed", belongs: true, dataset: sha256(june) });
  }
  type Events = { events: { action: string; actor: string; after: object }[] };
  const { events } = await api.get<Events>(`/api/v1/audit?subject=promotion:${id}`);
  expect(events.reverse().map(({ action, actor }) => [action, actor])).toEqual([
    ["promotion.ask", `person:${emailOf("analyst")}`],
    ["promotion.approve", `person:${emailOf("reviewer")}`],
    ["promotion.carry_out", `person:${emailOf("reviewer")}`],
  ]);
  expect(events[0]!.after).toMatchObject({ snapshot_sha256 });
}

/** One step back, protected or not, and recorded as what it is. */
async function rollBack({ browser, project, api, model }: Journey): Promise<void> {
  const reviewer = await pageOf(browser, "reviewer", project, api.url);
  await reviewer.goto(`/models/${model}/2/versions`);
  await reviewer.getByRole("button", { name: "Roll back to version 1" }).click();
  await reviewer.getByRole("dialog").getByLabel("Why").fill("late flights doubled");
  await reviewer.getByRole("dialog").getByRole("button", { name: "Roll back", exact: true }).click();
  const history = reviewer.getByRole("region", { name: "History of the model’s versions" });
  await expect(
    history.getByRole("row").filter({ hasText: "moved version 1 from Archived to Production" }),
  ).toContainText("rollback");
  await reviewer.context().close();
  const after = await versionsOf(api, model);
  expect([after["1"]!.stage, after["2"]!.stage]).toEqual(["Production", "Archived"]);
}

type Told = {
  files: Record<string, string>;
  probabilities?: number[][];
  refused?: { code: string; status: number; message: string };
};

/** What the real client in Python finds in Production, and what it is told when it goes around the policy. */
async function askClient(python: string, { api, model }: Journey): Promise<Told> {
  const { code, output } = await run(python, ["e2e/mlflow/promoted.py", model, "2", "1"], {
    env: clientEnvironment(api),
  });
  expect(code, output).toBe(0);
  return JSON.parse(output.trim().split("\n").at(-1)!) as Told;
}

const clientEnvironment = ({ url }: Api) => ({
  MLFLOW_TRACKING_URI: url,
  MLFLOW_TRACKING_TOKEN: BOOTSTRAP_KEY,
  MLFLOW_HTTP_REQUEST_MAX_RETRIES: "2",
  MLFLOW_DISABLE_TELEMETRY: "true",
  GIT_PYTHON_REFRESH: "quiet",
  PYTHONWARNINGS: "ignore",
});

const refusal = ({ api, model }: Journey) => ({
  code: "PERMISSION_DENIED",
  status: 403,
  message: expect.stringContaining(`${api.url}/models/${model}/1/promote?stage=Production`),
});

test("the perceptron on the flights of June goes from an analyst's disk to Production, and back", async ({
  page,
  browser,
  api,
  complaints,
  ownName,
}, { project, annotations }) => {
  complaints.expect(/403/);
  const model = ownName("flight-delay");
  await makeModel(api, model);
  await registerTrained(api, model, "2");
  const perceptron = exportFiles(readModelFile("2"));
  const files = perceptron.map(({ path, bytes }) => ({
    name: path,
    mimeType: "application/octet-stream",
    buffer: bytes,
  }));
  const journey = {
    page,
    browser,
    project: project.name,
    api,
    model,
    files,
    reads: /reads .*\(29 float32\)/,
  };
  const id = await promote(journey);
  await agree(journey, id);
  const python = await pythonOf(CLIENTS.at(-1)!);
  if (python) {
    const told = await askClient(python, journey);
    expect(told.files).toEqual(
      Object.fromEntries(perceptron.map(({ path, bytes }) => [path, sha256(bytes)])),
    );
    expect(told.refused).toEqual(refusal(journey));
  } else
    annotations.push({ type: "not seen", description: "MLflow's client: there is no Python, or no PyPI" });
  await rollBack(journey);
});

test("a scikit-learn model turned to ONNX goes the same way", async ({
  page,
  browser,
  api,
  complaints,
  ownName,
}, { project }) => {
  const python = await pythonWith("MLflow with scikit-learn and skl2onnx", "venv-onnx-mlflow", ONNX_PACKAGES);
  test.skip(python === null, "there is no Python, or PyPI is out of reach, to make an ONNX model with");
  complaints.expect(/403/);
  const model = ownName("flight-delay-onnx");
  await makeModel(api, model);
  const folder = await mkdtemp(path.join(os.tmpdir(), "tidemark-onnx-flights-"));
  try {
    const table = path.join(folder, "january.csv");
    await writeFile(table, januaryCsv());
    const made = await run(python!, ["scripts/onnx/flights.py", table, folder, model], {
      env: clientEnvironment(api),
    });
    expect(made.code, made.output).toBe(0);
    const told = JSON.parse(made.output.trim().split("\n").at(-1)!) as { version: string; onnx: string };
    expect(told.version).toBe("2");
    const buffer = await readFile(told.onnx);
    const files = [{ name: "flights.onnx", mimeType: "application/octet-stream", buffer }];
    const journey = {
      page,
      browser,
      project: project.name,
      api,
      model,
      files,
      reads: /reads .*\(6 float32\)/,
    };
    const id = await promote(journey);
    await agree(journey, id);
    const found = await askClient(python!, journey);
    expect(found.files["model.onnx"]).toBe(sha256(buffer));
    for (const row of found.probabilities!) expect(row[0]! + row[1]!).toBeCloseTo(1, 5);
    expect(found.refused).toEqual(refusal(journey));
    await rollBack(journey);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

/** What scripts/onnx/flights.py learns from. */
function januaryCsv(): string {
  const columns = [...NUMERIC, ...CATEGORICAL];
  const lines = [[...columns, "departure", "label"].join()];
  for (const { features, departure, label } of flights.stream(JANUARY, (row) => row % TRAINING_STEP === 0)) {
    lines.push([...columns.map((name) => features[name] ?? ""), isoOf(departure), label].join());
  }
  return `${lines.join("\n")}\n`;
}
