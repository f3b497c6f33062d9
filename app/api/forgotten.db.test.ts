import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import * as forgottenRoute from "@/app/api/v1/forgotten/route";
import { AuditQuery, listEvents } from "@/lib/audit/list";
import { onEachStore } from "@/lib/db/testing";
import { log } from "@/lib/log";
import { Browser } from "@/lib/people/browser.fixture";
import { acceptLink, firstLink, readLink, resetPassword } from "@/lib/people/link";
import { listPeople } from "@/lib/people/list";
import { SmtpServer } from "@/lib/people/smtp.fixture";
import { createRuntime, installRuntime, type Runtime } from "@/lib/server/runtime";
import { readSettings } from "@/lib/settings";

const HERE = "ada@example.org";
const tokenOf = (text: string) => /#([\w-]{43})/.exec(text.replaceAll("=\n", ""))![1]!;

onEachStore("a forgotten password", (fresh) => {
  const folder = mkdtempSync(path.join(os.tmpdir(), "tidemark-forgotten-"));
  const smtp = new SmtpServer();
  let runtime: Runtime;

  beforeAll(async () => {
    const settings = { TIDEMARK_DATA_DIR: folder, TIDEMARK_SMTP_URL: await smtp.start() };
    runtime = createRuntime(readSettings(settings), await fresh());
    installRuntime(runtime);
    const token = tokenOf((await firstLink(runtime))!);
    await acceptLink(runtime, { token, email: HERE, name: "Ada", password: "a long password" });
  });
  beforeEach(() => {
    smtp.answer = () => "250 ok";
    smtp.received.length = 0;
  });
  afterAll(() => {
    installRuntime(null);
    smtp.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function ask(email: string) {
    const reply = await new Browser().send(forgottenRoute.POST, "/api/v1/forgotten", {
      method: "POST",
      json: { email },
    });
    return { status: reply.status, body: await reply.json() };
  }
  async function mailed(): Promise<string> {
    await expect.poll(() => smtp.received.length).toBe(1);
    return tokenOf(smtp.received.pop()!);
  }

  test("is answered the same for every address, before the mail server has said anything", async () => {
    let asked = 0;
    let refuse = (_: string) => {};
    smtp.answer = () => {
      asked++;
      return new Promise((resolve) => {
        refuse = resolve;
      });
    };
    const warned = vi.spyOn(log, "warn");
    const done = { status: 200, body: { done: true } };
    expect(await ask(HERE)).toEqual(done);
    expect(await ask("nobody@example.org")).toEqual(done);
    await expect.poll(() => asked).toBe(1);
    refuse(`550 there is no ${HERE}`);
    await expect.poll(() => warned.mock.calls.length).toBe(1);
    expect(warned.mock.calls[0]).toEqual([{ code: "EENVELOPE 550" }, expect.any(String)]);
    expect(JSON.stringify(warned.mock.calls)).not.toContain(HERE);
    warned.mockRestore();
  });

  test("is nobody's deed in the audit log, and its link takes the place of the one before", async () => {
    await ask(HERE);
    const first = await mailed();
    await ask(HERE);
    const second = await mailed();
    await expect(readLink(runtime, first)).rejects.toMatchObject({ code: "not_found" });
    expect(await readLink(runtime, second)).toEqual({ kind: "reset", email: HERE });
    const { events } = await listEvents(runtime.db, AuditQuery.parse({ action: "person.reset" }));
    expect(new Set(events.map(({ actor, subject }) => `${actor} ${subject}`))).toEqual(
      new Set([`anonymous person:${HERE}`]),
    );
  });

  test("leaves a link alone that an administrator made, and theirs takes its place", async () => {
    await ask(HERE);
    const asked = await mailed();
    const [ada] = (await listPeople(runtime)).people;
    await resetPassword(runtime, ada!.id, { actor: "person:otto@example.org", origin: "http://a" });
    const made = await mailed();
    await expect(readLink(runtime, asked)).rejects.toMatchObject({ code: "not_found" });
    await ask(HERE);
    await mailed();
    expect(await readLink(runtime, made)).toEqual({ kind: "reset", email: HERE });
  });

  test("of a stopped server is mailed before its store closes", async () => {
    let open = (_: string) => {};
    const held = new Promise<string>((resolve) => {
      open = resolve;
    });
    smtp.answer = () => held;
    await ask(HERE);
    const closed = runtime.shared.close();
    open("250 ok");
    await closed;
    expect(smtp.received).toHaveLength(1);
  });
});
