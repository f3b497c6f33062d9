import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { testKeeper } from "./keeper.fixture";
import { localKeeper } from "./local";

const folder = mkdtempSync(path.join(os.tmpdir(), "tidemark-artifacts-"));
const keeper = localKeeper(path.join(folder, "artifacts"));
afterAll(() => rmSync(folder, { recursive: true }));

testKeeper(() => keeper);

test("what came half lies nowhere once it has broken off", async () => {
  async function* broken() {
    yield Buffer.from("half");
    throw new Error("the client has gone");
  }
  await expect(keeper.put("x.txt", broken())).rejects.toThrow("the client has gone");
  expect(readdirSync(path.join(folder, "artifacts.incoming"))).toEqual([]);
});
