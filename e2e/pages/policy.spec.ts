import type { Page } from "@playwright/test";
import { BOOTSTRAP_KEY } from "../servers";
import { expect, test } from "../test";

/** Each would say __ran where it ran as a script or as markup. */
const CORPUS = [
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
/** Names of models and versions hold no slash and no colon. */
const asName = (text: string) => text.replaceAll("/", "∕").replaceAll(":", "∶");

async function watch(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const seen = globalThis as unknown as { __violations: string[] };
    seen.__violations = [];
    document.addEventListener("securitypolicyviolation", (event) => {
      seen.__violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
    });
  });
}

const found = (page: Page) =>
  page.evaluate(() => {
    const seen = globalThis as unknown as { __violations: string[]; __ran?: number };
    return { ran: seen.__ran ?? null, violations: seen.__violations };
  });

test("what people and clients call things runs nowhere, and no page breaks its own policy", async ({
  page,
  api,
  ownName,
}) => {
  const send = async (method: string, path: string, body: unknown) => {
    const reply = await fetch(`${api.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${BOOTSTRAP_KEY}`, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    expect(reply.status, `${method} ${path}: ${(await reply.clone().text()).slice(0, 300)}`).toBeLessThan(
      300,
    );
    return reply.json();
  };
  const mark = ownName("x");
  const model = `${asName(CORPUS[0]!)}${mark}`;
  const version = asName(CORPUS[1]!);
  const at = `/models/${encodeURIComponent(model)}/${encodeURIComponent(version)}`;
  const now = Date.now();
  const features = Object.fromEntries(CORPUS.map((text, i) => [text, i % 2 ? text : i]));
  await send("POST", "/api/v1/predictions", {
    model,
    version,
    predictions: Array.from({ length: 60 }, (_, i) => ({
      id: `${CORPUS[i % CORPUS.length]}${i}`,
      timestamp: new Date(now - i * 3_600_000).toISOString(),
      features: { ...features, n: i, word: CORPUS[i % CORPUS.length] },
      prediction: CORPUS[i % 2]!,
      segment: { "<b>where": CORPUS[i % CORPUS.length]! },
    })),
  });
  await send("PATCH", `/api/v1/models/${encodeURIComponent(model)}/versions/${encodeURIComponent(version)}`, {
    description: CORPUS.join(" "),
    owner: CORPUS[2],
    tags: { "<i>tag": CORPUS[3] },
    why: CORPUS[4],
  });
  const experiment = (await send("POST", "/api/2.0/mlflow/experiments/create", {
    name: CORPUS[5] + mark,
  })) as {
    experiment_id: string;
  };
  const { run } = (await send("POST", "/api/2.0/mlflow/runs/create", {
    experiment_id: experiment.experiment_id,
    run_name: CORPUS[6],
    tags: CORPUS.slice(0, 3).map((value, i) => ({ key: `tag${i}`, value })),
  })) as { run: { info: { run_id: string } } };
  await send("POST", "/api/2.0/mlflow/runs/log-batch", {
    run_id: run.info.run_id,
    params: CORPUS.map((value, i) => ({ key: `p${i}`, value })),
    metrics: [{ key: "loss", value: 1, timestamp: now, step: 0 }],
  });
  await send("POST", "/api/v1/keys", { name: CORPUS[7], scopes: ["read"] });

  await watch(page);
  for (const path of [
    "/models",
    at,
    `${at}/drift`,
    `${at}/performance`,
    `${at}/quality`,
    `${at}/predictions`,
    `${at}/versions`,
    `${at}/card`,
    `${at}/card?edit=true`,
    `${at}/settings`,
    "/experiments",
    `/experiments/${experiment.experiment_id}`,
    `/runs/${run.info.run_id}`,
    `/compare?runs=${run.info.run_id}`,
    "/connect",
    "/api-docs",
    "/keys",
    "/webhooks",
    "/people",
    "/account",
    "/audit",
  ]) {
    const reply = await page.goto(path);
    const policy = reply!.headers()["content-security-policy"]!;
    expect(policy).not.toMatch(/script-src[^;]*unsafe-(inline|eval)/);
    const [nonce] = /'nonce-[^']+'/.exec(policy)!;
    await expect(page.locator("main")).toBeVisible();
    await page.waitForLoadState("networkidle");
    expect(await found(page), path).toEqual({ ran: null, violations: [] });
    expect((await page.request.get(path)).headers()["content-security-policy"]).not.toContain(nonce);
  }
});

test("a script that gets into a page does not run, and the listener hears of it", async ({
  page,
  complaints,
}) => {
  complaints.expect(/Content Security Policy|inline script/);
  await watch(page);
  await page.goto("/models");
  await page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "globalThis.__ran = 1";
    document.body.append(script);
  });
  const { ran, violations } = await found(page);
  expect(ran).toBeNull();
  expect(violations.join()).toContain("script-src");
});
