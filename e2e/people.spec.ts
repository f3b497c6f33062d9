import { emailOf, PASSWORD } from "./servers";
import { expect, test } from "./test";

test.describe("who is not signed in", () => {
  test.use({ role: null });

  test("gets no numbers, is sent to sign in, and comes back to where they wanted to go", async ({
    page,
    api,
  }) => {
    const plain = await fetch(`${api.url}/models/credit-risk/1/drift`, { redirect: "manual" });
    expect(plain.status).toBe(307);
    expect(plain.headers.get("location")).toBe("/sign-in?to=%2Fmodels%2Fcredit-risk%2F1%2Fdrift");
    expect(await plain.text()).not.toContain("income");
    expect((await fetch(`${api.url}/api/v1/models`, { headers: { origin: api.url } })).status).toBe(401);

    await page.goto("/models?q=credit");
    await expect(page).toHaveURL(/\/sign-in\?to=/);
    await page.getByLabel("E-mail address").fill(emailOf("viewer"));
    await page.getByLabel("Password").fill("not this one, surely");
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page.getByRole("status")).toContainText("do not belong together");
    await page.getByLabel("Password").fill(PASSWORD);
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page).toHaveURL("/models?q=credit");
    await page.getByRole("button", { name: /^Account of/ }).click();
    await page.getByRole("button", { name: "Sign out" }).click();
    await expect(page).toHaveURL("/sign-in");
    expect((await fetch(`${api.url}/api/v1/models`)).status).toBe(401);
  });

  // The browser writes down each refused request.
  test.beforeEach(({ complaints }) => complaints.expect(/401 \(Unauthorized\)/));
});

test("an administrator invites a person, gives a role for a model, and signs them out everywhere at once", async ({
  page,
  browser,
  api,
  ownName,
}) => {
  const email = `${ownName("nina")}@example.org`;
  await page.goto("/people");
  await page.getByRole("button", { name: "Invite a person" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("E-mail address").fill(email);
  await dialog.getByLabel("Role").selectOption("viewer");
  await dialog.getByRole("button", { name: "Invite", exact: true }).click();
  const link = (await dialog.getByRole("figure").locator("code").textContent())!.trim();
  await dialog.getByRole("button", { name: "Done" }).click();
  await expect(page.getByRole("list", { name: "Invited" })).toContainText(email);

  const theirs = await browser.newContext({ storageState: { cookies: [], origins: [] }, baseURL: api.url });
  const other = await theirs.newPage();
  await other.goto(link);
  await other.getByLabel("Your name").fill("Nina New");
  await other.getByLabel("Password").fill(PASSWORD);
  await other.getByRole("button", { name: "Join" }).click();
  await expect(other).toHaveURL(/\/models/);
  await other.goto("/models/credit-risk/1/settings");
  await expect(other.getByText("You are viewer; this needs analyst.").first()).toBeVisible();
  await expect(other.getByRole("button", { name: /save/i }).first()).toBeDisabled();
  await other.goto("/people");
  await expect(other.getByText("This page is not yours to see.")).toBeVisible();

  await page.reload();
  const person = page.getByRole("listitem").filter({ hasText: email });
  await person.getByRole("button", { name: /^Another role/ }).click();
  await person.getByLabel(/^Role for the model/).selectOption("analyst");
  await person.getByLabel(/^Model for/).selectOption("credit-risk");
  await person.getByRole("button", { name: "Give" }).click();
  await expect(person).toContainText("analyst for credit-risk");
  await other.goto("/models/credit-risk/1/settings");
  await expect(other.getByText(/this needs analyst/)).toHaveCount(0);

  await person.getByRole("button", { name: /everywhere$/ }).click();
  await expect(person.getByRole("button", { name: /everywhere$/ })).toBeDisabled();
  // What is open there asks again within seconds, is refused, and leaves.
  await expect(other).toHaveURL(/\/sign-in/);
  await theirs.close();

  await page.goto(`/audit?actor=admin@&subject=${encodeURIComponent(email)}`);
  const log = page.getByRole("region", { name: "Audit log" });
  await expect(log).toContainText("invited a person");
  await expect(log).toContainText("changed a role");
  await page.getByRole("button", { name: "Check the chain" }).click();
  await expect(page.getByRole("status")).toContainText("events are what was written");
});

test.describe("a viewer", () => {
  test.use({ role: "viewer" });

  test("is not offered what they may not do", async ({ page, complaints }) => {
    complaints.expect(/403 \(Forbidden\)/);
    await page.goto("/models/credit-risk/1/versions");
    await expect(page.getByRole("button", { name: /^Change version/ }).first()).toBeDisabled();
    await expect(page.getByText("this needs reviewer").first()).toBeVisible();
    await expect(page.getByRole("link", { name: "Audit log" })).toHaveCount(0);
    await page.goto("/audit");
    await expect(page.getByText("This page is not yours to see.")).toBeVisible();
    await page.goto("/account");
    await expect(page.getByText(`(${emailOf("viewer")}) is viewer`)).toBeVisible();
  });
});
