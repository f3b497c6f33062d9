import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { clientKeeper } from "./client-keeper";
import { pieces, testKeeper } from "./keeper.fixture";
import { localKeeper } from "./local";

const folder = mkdtempSync(path.join(os.tmpdir(), "tidemark-client-artifacts-"));
const whole = localKeeper(path.join(folder, "artifacts"));
const keeper = clientKeeper(whole);
afterAll(() => rmSync(folder, { recursive: true }));

testKeeper(() => keeper);

test.each(["evaluations", "evaluations/ab/abc", "datasets/ab/abc", "Datasets/ab/abc"])(
  "%s is out of reach of clients, and stays as it is",
  async (name) => {
    await whole.put("evaluations/ab/abc", pieces("evidence"));
    await whole.put("datasets/ab/abc", pieces("rows"));
    const refusal = { code: "forbidden", message: expect.stringContaining(JSON.stringify(name)) };
    await expect(keeper.put(name, pieces("forged"))).rejects.toMatchObject(refusal);
    await expect(keeper.remove(name)).rejects.toMatchObject(refusal);
    await expect(keeper.read(name)).rejects.toMatchObject(refusal);
    await expect(keeper.list(name)).rejects.toMatchObject(refusal);
    const kept = await whole.read("evaluations/ab/abc");
    expect(await new Response(kept!.stream).text()).toBe("evidence");
  },
);

test("they are not listed beside what clients keep, which may have such names further in", async () => {
  await keeper.put("1/other/artifacts/evaluations/report.html", pieces("mine"));
  expect((await keeper.list("1/other/artifacts")).map(({ name }) => name)).toEqual(["evaluations"]);
  const names = (await keeper.list("")).map(({ name }) => name);
  expect(names).toContain("1");
  expect(names).not.toContain("evaluations");
  expect(names).not.toContain("datasets");
});
