import { createHmac } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import http from "node:http";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { isAccessible } from "./accessible";
import { end, type Server, startServer } from "./faults/process";
import { expect, test } from "./test";

const KEY = "webhooks-bootstrap-key-0123456789";

type Told = { headers: http.IncomingHttpHeaders; body: string };

/** A receiver on this machine, and a server of the test's own that may send there. */
let told: Told[] = [];
let answer = 200;
const receiver = http.createServer(async (request, response) => {
  let body = "";
  for await (const piece of request) body += piece;
  told.push({ headers: request.headers, body });
  response.writeHead(answer).end("words that nobody reads");
});
let hook: string;
let server: Server;
let folder: string;

test.use({ role: null });
test.describe.configure({ mode: "serial" });

test.beforeAll(async () => {
  await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
  hook = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
  folder = await mkdtemp(path.join(os.tmpdir(), "tidemark-e2e-webhooks-"));
  server = await startServer({
    TIDEMARK_DATA_DIR: folder,
    DATABASE_URL: "",
    TIDEMARK_DEMO: "1",
    TIDEMARK_PRIVATE_WEBHOOKS: "1",
    TIDEMARK_BOOTSTRAP_KEY: KEY,
  });
});

test.afterAll(async () => {
  await end(server.child, "SIGTERM");
  receiver.closeAllConnections();
  await new Promise((resolve) => receiver.close(resolve));
  await rm(folder, { recursive: true, force: true });
});

const post = (address: string, message: object) =>
  fetch(`${server.url}/api/${address}`, {
    method: "POST",
    headers: { authorization: `Bearer ${KEY}`, "content-type": "application/json" },
    body: JSON.stringify(message),
  });

const signedWith = ({ headers, body }: Told, secret: string) => {
  const id = headers["x-mlflow-delivery-id"];
  const signed = `${id}.${headers["x-mlflow-timestamp"]}.${body}`;
  return (
    headers["x-mlflow-signature"] === `v1,${createHmac("sha256", secret).update(signed).digest("base64")}`
  );
};

test("an administrator adds a webhook, tries it, pauses it, changes it and deletes it", async ({
  page,
  complaints,
}) => {
  const list = page.getByRole("region", { name: "deploy", exact: true });
  await test.step("the empty page says what to do", async () => {
    await page.goto(`${server.url}/api/auth/demo?role=admin&to=/webhooks`);
    await expect(page.getByText("Nobody is told when the registry changes.")).toBeVisible();
    await expect(page.getByRole("figure", { name: /^curl/ })).toContainText(
      `curl ${server.url}/api/v1/webhooks`,
    );
    await isAccessible(page);
  });

  let secret = "";
  await test.step("an address that is none is refused in words, a good one is added", async () => {
    complaints.expect(/status of 400/);
    await page.getByRole("button", { name: "Add a webhook" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Name").fill("deploy");
    await dialog.getByLabel("Address").fill("ftp://example.com/hook");
    await dialog.getByRole("button", { name: "Make one up" }).click();
    secret = await dialog.getByLabel("Secret", { exact: true }).inputValue();
    expect(secret).toMatch(/^[0-9a-f]{64}$/);
    await dialog.getByRole("button", { name: "Add the webhook" }).click();
    await expect(dialog.getByRole("alert")).toContainText("http");
    await dialog.getByLabel("Address").fill(hook);
    await dialog.getByRole("button", { name: "Add the webhook" }).click();
    await expect(dialog).toHaveCount(0);
    await expect(list).toContainText(hook);
    await expect(list).toContainText("signed");
    await expect(list).toContainText("model_version.stage_changed");
    expect(await page.content()).not.toContain(secret);
  });

  await test.step("a test reaches the receiver, signed", async () => {
    await page.getByRole("button", { name: "Send deploy a test" }).click();
    await expect(list).toContainText("was taken: it answered 200");
    expect(told).toHaveLength(1);
    expect(signedWith(told[0]!, secret)).toBe(true);
    answer = 503;
    await page.getByRole("button", { name: "Send deploy a test" }).click();
    await expect(list).toContainText("was not taken: it answers 503");
    answer = 200;
  });

  await test.step("a change of stage is told, and stands among the deliveries", async () => {
    await post("v1/predictions", {
      model: "churn",
      version: "1",
      predictions: [{ id: "1", timestamp: new Date().toISOString(), features: { a: 1 }, prediction: "yes" }],
    });
    told = [];
    const moved = await post("2.0/mlflow/model-versions/transition-stage", {
      name: "churn",
      version: "1",
      stage: "Staging",
    });
    expect(moved.status).toBe(200);
    await expect.poll(() => told.length).toBe(1);
    expect(JSON.parse(told[0]!.body)).toMatchObject({
      entity: "model_version",
      action: "stage_changed",
      data: { name: "churn", version: "1", to: "Staging" },
    });
    expect(signedWith(told[0]!, secret)).toBe(true);
    await page.getByRole("button", { name: "Show the deliveries of deploy" }).click();
    const row = page.getByRole("region", { name: "Deliveries of deploy" }).getByRole("row").nth(1);
    await expect(row).toContainText("model_version.stage_changed");
    await expect(row).toContainText("taken");
    await expect(row).toContainText("200");
    await expect(list).toContainText("taken, 200");
    await isAccessible(page);
    await page.reload();
    await expect(row).toContainText("taken");
  });

  await test.step("paused, it is told nothing", async () => {
    told = [];
    await page.getByRole("button", { name: "Pause deploy" }).click();
    await expect(list).toContainText("paused");
    await expect(page.getByText("every webhook is paused")).toBeVisible();
    await post("2.0/mlflow/model-versions/transition-stage", {
      name: "churn",
      version: "1",
      stage: "Archived",
    });
    await page.getByRole("button", { name: "Resume deploy" }).click();
    await expect(list).toContainText("active");
    await post("2.0/mlflow/model-versions/transition-stage", { name: "churn", version: "1", stage: "None" });
    await expect.poll(() => told.map(({ body }) => JSON.parse(body).data.to)).toEqual(["None"]);
  });

  await test.step("by keyboard alone: another name, and no secret any more", async () => {
    await page.getByRole("button", { name: "Change deploy" }).focus();
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog");
    await expect(dialog.getByLabel("Secret", { exact: true })).toHaveValue("");
    await dialog.getByRole("checkbox", { name: /Forget the secret/ }).focus();
    await page.keyboard.press("Space");
    await dialog.getByLabel("Name").fill("rollout");
    await page.keyboard.press("Enter");
    await expect(dialog).toHaveCount(0);
    const changed = page.getByRole("region", { name: "rollout", exact: true });
    await expect(changed).toContainText("not signed");
    told = [];
    await page.getByRole("button", { name: "Send rollout a test" }).click();
    await expect(changed).toContainText("was taken");
    expect(told[0]!.headers["x-mlflow-signature"]).toBeUndefined();
  });

  await test.step("deleted, it is gone, and the audit log has it all", async () => {
    await page.getByRole("button", { name: "Delete rollout" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Delete the webhook" }).click();
    await expect(page.getByText("Nobody is told when the registry changes.")).toBeVisible();
    await page.goto(`${server.url}/audit`);
    const log = page.getByRole("region", { name: "Audit log" });
    for (const action of ["webhook.create", "webhook.change", "webhook.delete"]) {
      await expect(log.getByRole("row").filter({ hasText: action }).first()).toBeVisible();
    }
    expect(await page.content()).not.toContain(secret);
  });
});

test("a viewer reads why the page is not theirs", async ({ page }) => {
  await page.goto(`${server.url}/api/auth/demo?role=viewer&to=/webhooks`);
  await expect(page.getByText("This page is not yours to see.")).toBeVisible();
  await expect(page.getByRole("link", { name: "Webhooks" })).toHaveCount(0);
});
