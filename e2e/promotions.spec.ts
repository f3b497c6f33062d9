import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { poster } from "./seed";
import { seedRegistry } from "./seed-registry";
import { emailOf } from "./servers";
import { posterOf } from "./sign-in";
import { expect, test } from "./test";

const json = { type: "application/json" } as const;

async function violations(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
}

/** In both colours, wide and narrow; nothing scrolls sideways. */
async function isAccessible(page: Page): Promise<void> {
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 900 });
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      await expect(page.locator("html")).toHaveClass(colorScheme === "dark" ? /dark/ : /light/);
      expect(await violations(page), `${width} px, ${colorScheme}`).toEqual([]);
    }
    const sideways = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(sideways, `pixels that ${width} px scroll sideways`).toBe(0);
  }
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.emulateMedia({ colorScheme: "light" });
}

test("a version gets into Production by another's approval alone, and back in one step", async ({
  page,
  api,
  complaints,
  ownName,
}) => {
  const model = ownName("credit");
  await seedRegistry(api.post, model);
  await api.post("/api/2.0/mlflow/model-versions/transition-stage", {
    ...json,
    method: "POST",
    body: JSON.stringify({ name: model, version: "1", stage: "Production" }),
  });

  // An administrator protects Production.
  await page.goto(`/promotions/policy?model=${model}`);
  await expect(page.locator("p.verdict")).toContainText(`Nothing of ${model} is protected`);
  await page.getByRole("button", { name: "Protect a stage" }).click();
  await page.getByLabel("Add a gate to Production").selectOption("Metric threshold");
  await page.getByLabel("metric", { exact: true }).fill("auc");
  await page.getByLabel("at least", { exact: true }).fill("0.8");
  await page.getByLabel("from", { exact: true }).selectOption("the run");
  await isAccessible(page);
  await page.getByRole("button", { name: "Save policy" }).click();
  await expect(page.locator("p.verdict")).toContainText("Production by 1 gate and 1 approval");

  // The way around is closed on the page …
  complaints.expect(/403/);
  await page.goto(`/models/${model}/2/versions`);
  await page.getByRole("button", { name: "Change version 2" }).click();
  const form = page.getByRole("dialog");
  await form.getByLabel("Stage").selectOption("Production");
  await form.getByRole("button", { name: "Save the change" }).click();
  await expect(form.getByRole("alert")).toContainText(`Production of ${model} is protected`);
  await expect(form.getByRole("link", { name: "Go there" })).toHaveAttribute(
    "href",
    /promote\?stage=Production/,
  );
  await page.keyboard.press("Escape");
  // … and to MLflow's unmodified call.
  const moved = await fetch(`${api.url}/api/2.0/mlflow/model-versions/transition-stage`, {
    method: "POST",
    headers: { ...(await keyHeader(api, "mlflow", ["admin"])), "content-type": "application/json" },
    body: JSON.stringify({ name: model, version: "2", stage: "Production" }),
  });
  expect(moved.status).toBe(403);
  expect(await moved.json()).toMatchObject({ error_code: "PERMISSION_DENIED" });

  // Who works on the page asks, and cannot approve.
  await page.getByRole("link", { name: "Ask for promotion of version 2" }).click();
  await expect(page.locator("p.verdict")).toContainText("The one gate passes; 1 person has to approve");
  await page.getByLabel("Reason").fill("better on June");
  await page.getByRole("button", { name: "Ask for Production" }).click();
  await expect(page).toHaveURL(/\/promotions\/[0-9a-f-]{36}$/);
  const id = page.url().split("/").at(-1)!;
  await expect(page.locator("p.verdict")).toContainText(
    "version 2 takes the place of version 1 in Production when one more person approves",
  );
  await expect(page.getByRole("region", { name: "Gates", exact: true }).first()).toContainText("0.812");
  await expect(page.getByText("You cannot approve it: you asked for it yourself")).toBeVisible();
  await expect(page.getByRole("button", { name: "Approve" })).toHaveCount(0);
  await page.keyboard.press("w");
  await page.keyboard.type("seeds are in the run");
  await page.getByRole("button", { name: "Comment" }).click();
  await expect(page.getByRole("region", { name: "Decision" })).toContainText("seeds are in the run");
  await isAccessible(page);
  const own = await page.evaluate(
    async (path) =>
      (
        await fetch(path, {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify({ words: "mine" }),
        })
      ).status,
    `/api/v1/promotions/${id}/approve`,
  );
  expect(own).toBe(403);

  // The list shows what waits.
  await page.goto(`/promotions?model=${model}`);
  await expect(page.getByRole("region", { name: "Promotions" })).toContainText(`${model} 2 → Production`);
  await isAccessible(page);

  // Somebody else approves.
  const approval = {
    ...json,
    method: "POST" as const,
    body: JSON.stringify({ words: "gate and run convince me" }),
  };
  const service = (await keyHeader(api, "reviewer", ["admin", "read"])).authorization.replace("Bearer ", "");
  await expect(poster(api.url, service)(`/api/v1/promotions/${id}/approve`, approval)).rejects.toThrow(
    /403.*belongs to no person/,
  );
  const reviewer = await posterOf({ server: test.info().project.name, url: api.url, role: "reviewer" });
  await reviewer(`/api/v1/promotions/${id}/approve`, approval);
  await page.goto(`/promotions/${id}`);
  await expect(page.locator("p.verdict")).toContainText(`Promoted by ${emailOf("reviewer")}`);

  // Stage, history and audit log agree.
  type Versions = { versions: { version: string; stage: string }[] };
  const stages = async () =>
    Object.fromEntries(
      (await api.get<Versions>(`/api/v1/models/${model}/versions`)).versions.map(({ version, stage }) => [
        version,
        stage,
      ]),
    );
  expect(await stages()).toEqual({ "1": "Archived", "2": "Production" });
  await page.goto(`/models/${model}/2/versions`);
  await expect(page.getByRole("region", { name: "History of the model’s versions" })).toContainText(
    "by promotion",
  );
  const { events } = await api.get<{ events: { action: string }[] }>(`/api/v1/audit?subject=promotion:${id}`);
  expect(events.map(({ action }) => action).reverse()).toEqual([
    "promotion.ask",
    "promotion.comment",
    "promotion.approve",
    "promotion.carry_out",
  ]);

  // Back in one step, protected or not.
  await page.getByRole("button", { name: "Roll back to version 1" }).click();
  await page.getByRole("dialog").getByLabel("Why").fill("errors doubled");
  await page.getByRole("dialog").getByRole("button", { name: "Roll back", exact: true }).click();
  await expect(page.getByRole("region", { name: "History of the model’s versions" })).toContainText(
    "rollback",
  );
  expect(await stages()).toEqual({ "1": "Production", "2": "Archived" });
});

async function keyHeader(
  api: { post: ReturnType<typeof poster> },
  name: string,
  scopes: string[],
): Promise<{ authorization: string }> {
  const made = (await api.post("/api/v1/keys", {
    ...json,
    method: "POST",
    body: JSON.stringify({ name, scopes }),
  })) as { secret: string };
  return { authorization: `Bearer ${made.secret}` };
}
