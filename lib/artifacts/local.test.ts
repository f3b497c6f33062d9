import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { localKeeper } from "./local";

const folder = mkdtempSync(path.join(os.tmpdir(), "tidemark-artifacts-"));
const keeper = localKeeper(path.join(folder, "artifacts"));
afterAll(() => rmSync(folder, { recursive: true }));

async function* pieces(...texts: string[]) {
  for (const text of texts) yield Buffer.from(text);
}
const textOf = async (name: string) => {
  const file = await keeper.read(name);
  return file && (await new Response(file.stream).text());
};

test("a file is kept whole, read back and replaced", async () => {
  await keeper.put("0/run/artifacts/a.txt", pieces("one ", "two"));
  expect(await textOf("0/run/artifacts/a.txt")).toBe("one two");
  await keeper.put("0/run/artifacts/a.txt", pieces("three"));
  expect(await textOf("0/run/artifacts/a.txt")).toBe("three");
  expect(await keeper.read("0/run/artifacts/a.txt")).toMatchObject({ bytes: 5 });
  expect(await keeper.read("0/run")).toBeNull();
  expect(await keeper.read("0/nothing")).toBeNull();
  expect(await keeper.read("0/run/artifacts/a.txt/below")).toBeNull();
});

test("a folder lists what is in it, and what is no folder lists nothing", async () => {
  await keeper.put("l/b/deep.bin", pieces("x"));
  await keeper.put("l/a.txt", pieces("xyz"));
  expect(await keeper.list("l")).toEqual([
    { name: "a.txt", isFolder: false, bytes: 3 },
    { name: "b", isFolder: true, bytes: null },
  ]);
  expect(await keeper.list("l/a.txt")).toEqual([]);
  expect(await keeper.list("nothing")).toEqual([]);
  expect((await keeper.list("")).map((entry) => entry.name)).toContain("l");
});

test("a body that breaks off leaves nothing behind", async () => {
  async function* broken() {
    yield Buffer.from("half");
    throw new Error("the client has gone");
  }
  await expect(keeper.put("half.txt", broken())).rejects.toThrow("the client has gone");
  expect(await keeper.read("half.txt")).toBeNull();
  expect(readdirSync(path.join(folder, "artifacts.incoming"))).toEqual([]);
});

test("a file below a file, or in place of a folder, is refused", async () => {
  await keeper.put("f/x", pieces("x"));
  await expect(keeper.put("f/x/y", pieces("y"))).rejects.toMatchObject({ code: "bad_request" });
  await expect(keeper.put("f", pieces("y"))).rejects.toMatchObject({ code: "bad_request" });
});

test("what is erased is gone, with all below it", async () => {
  await keeper.put("e/deep/x", pieces("x"));
  expect(await keeper.remove("e")).toBe(true);
  expect(await keeper.remove("e")).toBe(false);
  expect(await keeper.list("e")).toEqual([]);
});
