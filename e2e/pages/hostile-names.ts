import { createHash } from "node:crypto";
import { emptyCard, writeCard } from "@/lib/cards/write-card";
import { encodeOutcome } from "@/lib/evaluate/outcome";
import { runsViewHref } from "@/lib/experiments/address";
import { versionHref } from "@/lib/models/address";
import { BOOTSTRAP_KEY, PASSWORD } from "../servers";

/** Each would say __ran where it ran as a script or as markup. */
export const CORPUS = [
  "<script>globalThis.__ran=1</script>",
  "<img src=x onerror=globalThis.__ran=2>",
  "<svg onload=globalThis.__ran=3>",
  "\"'><iframe srcdoc='<script>parent.__ran=4</script>'>",
  "javascript:globalThis.__ran=5",
  "</script><script>globalThis.__ran=6</script>",
  "{{constructor.constructor('globalThis.__ran=7')()}}",
  "<a href=javascript:globalThis.__ran=8>x</a>",
  "<style>@import 'http://evil.example/';</style>",
  "<math><mtext></form><form><mglyph><style></math><img src onerror=globalThis.__ran=9>",
];
const ALL = CORPUS.join(" ");

/** Names of models and versions hold no slash and no colon. */
const asName = (text: string) => text.replaceAll("/", "∕").replaceAll(":", "∶");
const hashOf = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

type Named = {
  /** Addresses of every page that shows a name. */
  pages: string[];
};

/**
 * Puts the corpus into whatever a person or a client may name or say, through the API that they use: models, versions,
 * features, categories, segments, tags, words, cards, held-out sets, evaluations, policies, promotions, webhooks,
 * experiments, runs, params, files, inputs, saved views, people, keys.
 */
export async function nameEverythingBadly(url: string, mark: string): Promise<Named> {
  async function send<Reply>(method: string, path: string, body: unknown, type = "application/json") {
    const reply = await fetch(`${url}${path}`, {
      method,
      headers: { authorization: `Bearer ${BOOTSTRAP_KEY}`, "content-type": type },
      body: type === "application/json" ? JSON.stringify(body) : (body as BodyInit),
    });
    const text = await reply.text();
    if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status} ${text.slice(0, 500)}`);
    return JSON.parse(text || "null") as Reply;
  }
  const mlflow = <Reply>(path: string, body: unknown) => send<Reply>("POST", `/api/2.0/mlflow/${path}`, body);

  const model = `${asName(CORPUS[0]!)}${mark}`;
  const version = asName(CORPUS[1]!);
  const atModel = `/api/v1/models/${encodeURIComponent(model)}`;
  const atVersion = `${atModel}/versions/${encodeURIComponent(version)}`;
  const now = Date.now();

  const features = Object.fromEntries(CORPUS.map((text, i) => [text, i % 2 ? text : i]));
  await send("POST", "/api/v1/predictions", {
    model,
    version,
    predictions: Array.from({ length: 60 }, (_, i) => ({
      id: `${CORPUS[i % CORPUS.length]}${i}`,
      timestamp: new Date(now - i * 3_600_000).toISOString(),
      ...(i % 9 === 8 ? { error: CORPUS[i % CORPUS.length]! } : { prediction: CORPUS[i % 2]! }),
      features: { ...features, n: i, word: CORPUS[i % CORPUS.length] },
      segment: { "<b>where": CORPUS[i % CORPUS.length]! },
    })),
  });
  await send("PUT", `${atVersion}/baseline`, baselineCsv(), "text/csv");
  await send("PATCH", atModel, { description: ALL, tags: { [CORPUS[2]!]: CORPUS[3] } });
  await send("PATCH", atVersion, {
    description: ALL,
    owner: CORPUS[2],
    tags: { "<i>tag": CORPUS[3] },
    why: CORPUS[4],
  });
  await send("PUT", `${atVersion}/card`, {
    yaml: writeCard({
      ...emptyCard(model, version),
      intended_use: { primary_uses: CORPUS, out_of_scope: CORPUS },
      training_data: { source: CORPUS[0]!, date_range: CORPUS[1]!, size: CORPUS[2]!, preprocessing: CORPUS },
      metrics: CORPUS.map((name) => ({ name, value: 1, threshold: 2 })),
      ethical_considerations: CORPUS,
      monitoring: CORPUS,
    }),
    revision: 0,
    why: CORPUS[7],
  });

  const evaluation = await saveEvaluation(send, { atModel, atVersion });
  await checked(() => send<{ state: string }>("GET", `${atVersion}/evaluations/${evaluation}`, undefined));

  await send("PUT", `${atModel}/policy`, {
    revision: 0,
    why: CORPUS[5],
    targets: [
      {
        kind: "alias",
        name: "champion",
        approvals: 1,
        gates: [
          {
            kind: "metric",
            metric: CORPUS[6],
            at_least: 0.5,
            slice: [{ feature: CORPUS[0], value: CORPUS[1] }],
          },
          { kind: "champion", metric: CORPUS[8], absolute: 0.1, each: CORPUS[2] },
          { kind: "card" },
        ],
      },
    ],
  });
  const { promotion_id } = await send<{ promotion_id: string }>("POST", "/api/v1/promotions", {
    model,
    version,
    target: { kind: "alias", name: "champion" },
    reason: ALL,
  });
  for (const words of CORPUS) await send("POST", `/api/v1/promotions/${promotion_id}/comment`, { words });
  await send("POST", `/api/v1/promotions/${promotion_id}/withdraw`, { words: ALL });

  // Names of webhooks and aliases, keys of params and metrics are letters, digits and a few signs.
  const webhook = await send<{ id: string }>("POST", "/api/v1/webhooks", {
    name: mark,
    description: ALL,
    url: "https://example.org/%3Cscript%3E?x=<svg onload=globalThis.__ran=3>",
    events: ["model_version.created"],
    status: "DISABLED",
  });

  const { experiment_id } = await mlflow<{ experiment_id: string }>("experiments/create", {
    name: CORPUS[5] + mark,
    tags: CORPUS.map((value, i) => ({ key: i === 0 ? "mlflow.note.content" : `tag ${i}`, value })),
  });
  const runs: string[] = [];
  for (const name of [CORPUS[6]!, CORPUS[0]!]) {
    const { run } = await mlflow<{ run: { info: { run_id: string } } }>("runs/create", {
      experiment_id,
      run_name: name,
      user_id: CORPUS[3],
      tags: [
        ...CORPUS.map((value, i) => ({ key: `tag${i}`, value })),
        { key: "mlflow.note.content", value: ALL },
        { key: "mlflow.source.name", value: CORPUS[4] },
        { key: "mlflow.source.git.repoURL", value: "javascript:globalThis.__ran=5" },
        { key: "mlflow.source.git.commit", value: CORPUS[2] },
      ],
    });
    const { run_id } = run.info;
    runs.push(run_id);
    await mlflow("runs/log-batch", {
      run_id,
      params: CORPUS.map((value, i) => ({ key: `p${i}`, value })),
      metrics: [{ key: "loss", value: 1, timestamp: now, step: 0 }],
    });
    await mlflow("runs/log-inputs", {
      run_id,
      datasets: CORPUS.slice(0, 4).map((text, i) => ({
        tags: [{ key: "mlflow.data.context", value: text }],
        dataset: {
          name: text,
          digest: `${i}<b>d`,
          source_type: text,
          source: JSON.stringify({ uri: "javascript:globalThis.__ran=5" }),
          schema: JSON.stringify({ mlflow_colspec: [{ name: text, type: text }] }),
          profile: text,
        },
      })),
    });
    for (const [name, text] of [
      ["<img src=x onerror=globalThis.__ran=2>.txt", ALL],
      [
        "<svg onload=globalThis.__ran=3>.svg",
        `<svg xmlns="http://www.w3.org/2000/svg" onload="top.__ran=3"/>`,
      ],
      ["table.csv", `${CORPUS.map((cell) => JSON.stringify(cell)).join()}\n`],
      ["page.html", CORPUS[0]!],
    ] as const) {
      await fetch(
        `${url}/api/2.0/mlflow-artifacts/artifacts/${experiment_id}/${run_id}/artifacts/${encodeURIComponent(name)}`,
        { method: "PUT", headers: { authorization: `Bearer ${BOOTSTRAP_KEY}` }, body: text },
      );
    }
  }
  const views = [];
  for (const page of ["runs", "compare"]) {
    const { view_id } = await send<{ view_id: string }>(
      "POST",
      `/api/v1/experiments/${experiment_id}/views`,
      {
        page,
        name: CORPUS[page === "runs" ? 1 : 2],
        query: `?search=${encodeURIComponent(CORPUS[0]!)}&runs=${runs.join()}`,
      },
    );
    views.push(view_id);
  }

  const email = `x.${mark.toLowerCase()}@example.org`;
  const { link } = await send<{ link: string }>("POST", "/api/v1/people", { email, role: "viewer" });
  const joined = await fetch(`${url}/api/v1/welcome`, {
    method: "POST",
    headers: { origin: url, "content-type": "application/json" },
    body: JSON.stringify({
      token: new URL(link).hash.slice(1),
      name: CORPUS[1],
      password: PASSWORD,
    }),
  });
  if (!joined.ok) throw new Error(`a person whose name is markup may not join: ${await joined.text()}`);
  await send("POST", "/api/v1/keys", { name: CORPUS[7], scopes: ["read"] });

  const at = versionHref({ model, version });
  return {
    pages: [
      "/models",
      at,
      `${at}/drift`,
      `${at}/drift?feature=${encodeURIComponent(CORPUS[1]!)}`,
      `${at}/performance`,
      `${at}/quality`,
      `${at}/predictions`,
      `${at}/versions`,
      `${at}/compare`,
      `${at}/card`,
      `${at}/card?edit=true`,
      `${at}/settings`,
      `${at}/evaluate`,
      `${at}/evaluate?evaluation=${evaluation}`,
      `${at}/evaluate?evidence=${evaluation}`,
      `${at}/promote`,
      `${at}/promote?alias=champion`,
      "/promotions",
      `/promotions?model=${encodeURIComponent(model)}`,
      `/promotions/${promotion_id}`,
      `/promotions/policy?model=${encodeURIComponent(model)}`,
      "/experiments",
      `/experiments/${experiment_id}`,
      runsViewHref(experiment_id, `?search=${encodeURIComponent(CORPUS[0]!)}`, views[0]!),
      `/runs/${runs[0]}`,
      `/runs/${runs[0]}?tab=files`,
      `/runs/${runs[0]}?tab=files&file=${encodeURIComponent("page.html")}`,
      `/runs/${runs[0]}?tab=files&file=${encodeURIComponent("table.csv")}`,
      `/compare?runs=${runs.join()}`,
      "/connect",
      "/api-docs",
      "/keys",
      "/webhooks",
      `/webhooks?webhook=${webhook.id}`,
      "/people",
      "/account",
      "/audit",
    ],
  };
}

const cell = (text: string) => `"${text.replaceAll('"', '""')}"`;

/** Columns and values alike; the label is one of two. */
function baselineCsv(): string {
  const names = [...CORPUS.map((text) => cell(text)), "n", "label"].join();
  const rows = Array.from({ length: 40 }, (_, row) =>
    [...CORPUS.map((text, i) => (i % 2 ? cell(text) : String(row + i))), row, cell(CORPUS[row % 2]!)].join(),
  );
  return `${names}\n${rows.join("\n")}\n`;
}

/** Nothing can be asked for until the server has tried to repeat the evidence. */
async function checked(look: () => Promise<{ state: string }>): Promise<void> {
  for (let tries = 0; tries < 120; tries++) {
    if ((await look()).state !== "unconfirmed") return;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new Error("the server has not repeated the evaluation within a minute");
}

/** Evidence whose every text is markup. The server's repetition fails, in words that hold the names again. */
async function saveEvaluation(
  send: <Reply>(method: string, path: string, body: unknown, type?: string) => Promise<Reply>,
  { atModel, atVersion }: { atModel: string; atVersion: string },
): Promise<string> {
  const binary = "application/octet-stream";
  const data = Buffer.from(baselineCsv());
  const dataset = hashOf(data);
  await send(
    "PUT",
    `${atModel}/datasets/${dataset}?name=${encodeURIComponent(CORPUS[0]!)}&label=label`,
    data,
    "text/csv",
  );
  const classes = [CORPUS[0]!, CORPUS[1]!];
  const outcome = encodeOutcome({
    task: "binary",
    classes,
    positive: 1,
    labels: Float64Array.of(0, 1, 1),
    scores: Float64Array.of(0.25, 0.75, 0.5),
    threshold: 0.5,
  });
  const modelBytes = Buffer.from(ALL);
  for (const bytes of [modelBytes, outcome]) {
    await send("PUT", `${atVersion}/evaluations/files/${hashOf(bytes)}`, bytes, binary);
  }
  const none = { value: 0.5, low: 0.25, high: 0.75 };
  const gap = { value: 0.1, low: 0.05, high: 0.2, p_value: 0.01, q_value: 0.02 };
  const saved = await send<{ evaluation_id: string }>("POST", `${atVersion}/evaluations`, {
    dataset,
    format: "onnx",
    model_files: [{ path: CORPUS[3], bytes: modelBytes.length, sha256: hashOf(modelBytes) }],
    mapping: {
      inputs: CORPUS.map((feature) => ({ kind: "number", feature })),
      output: { kind: "probability", classes, positive_class: classes[1], threshold: 0.5 },
      label: "label",
    },
    backend: "onnxruntime-wasm",
    report: {
      task: "binary",
      n: 3,
      n_missing_label: 0,
      n_missing_prediction: 0,
      positive_class: classes[1],
      classes,
      threshold: 0.5,
      metrics: Object.fromEntries([...CORPUS, "accuracy", "auc"].map((name) => [name, none])),
      confusion: {
        classes,
        counts: [
          [1, 0],
          [1, 1],
        ],
      },
      per_class: classes.map((each) => ({
        class: each,
        support: 1,
        predicted: 2,
        precision: none,
        recall: none,
        f1: none,
      })),
      slices: CORPUS.map((feature, i) => ({
        slice: [
          { feature, value: CORPUS[(i + 1) % CORPUS.length] },
          { feature: "n", value: CORPUS[i] },
        ],
        n: 2,
        metrics: { accuracy: none, auc: none },
        gap,
      })),
      slice_search: {
        of: "error_rate",
        features: CORPUS,
        left_out: CORPUS,
        depth: 2,
        minimum_n: 1,
        searched: 10,
        too_small: 0,
        listed: 10,
      },
      fairness: [
        {
          feature: CORPUS[1],
          positive_class: classes[1],
          reference: CORPUS[0],
          groups: CORPUS.map((value, i) => {
            const rates = { selection_rate: none, true_positive_rate: none, false_positive_rate: none };
            return { value, n: 3, positives: 1, rates, differences: i === 0 ? null : rates };
          }),
        },
      ],
      worst_rows: CORPUS.map((text, row) => ({ row, label: text, prediction: text, score: 0.5, loss: 1 })),
    },
    outcome: hashOf(outcome),
  });
  return saved.evaluation_id;
}
