import { expect, test } from "vitest";
import type { Keeper } from "./keeper";

export async function* pieces(...texts: string[]) {
  for (const text of texts) yield Buffer.from(text);
}

/** What every place of artifacts promises, wherever it lies. */
export function testKeeper(keeperOf: () => Keeper): void {
  const textOf = async (name: string) => {
    const file = await keeperOf().read(name);
    return file && (await new Response(file.stream).text());
  };

  test("a file is kept whole, read back and replaced", async () => {
    const keeper = keeperOf();
    await keeper.put("0/run/artifacts/a.txt", pieces("one ", "two"));
    expect(await textOf("0/run/artifacts/a.txt")).toBe("one two");
    await keeper.put("0/run/artifacts/a.txt", pieces("three"));
    expect(await textOf("0/run/artifacts/a.txt")).toBe("three");
    await keeper.put("0/run/artifacts/empty", pieces());
    expect(await textOf("0/run/artifacts/empty")).toBe("");
    const again = await keeper.read("0/run/artifacts/a.txt");
    expect(again).toMatchObject({ bytes: 5 });
    await again?.stream.cancel();
    expect(await keeper.read("0/run")).toBeNull();
    expect(await keeper.read("0/nothing")).toBeNull();
    expect(await keeper.read("0/run/artifacts/a.txt/below")).toBeNull();
  });

  test("a file tells when it was put there", async () => {
    const keeper = keeperOf();
    const before = Date.now();
    await keeper.put("when/a.txt", pieces("x"));
    // Buckets tell it to the second.
    expect((await keeper.changedAt("when/a.txt"))! - before).toBeGreaterThan(-2_000);
    expect((await keeper.changedAt("when/a.txt"))! - Date.now()).toBeLessThan(2_000);
    expect(await keeper.changedAt("when")).toBeNull();
    expect(await keeper.changedAt("when/nothing")).toBeNull();
  });

  test("a name keeps every sign that a path may have", async () => {
    const names = ["a b+c", "naïve – ✓", "100%25", "(x)!*'", "q?&=#;,@:$", "<&>\"'", "~.-_"];
    for (const name of names) {
      await keeperOf().put(`signs/${name}/${name}.txt`, pieces(name));
      expect(await textOf(`signs/${name}/${name}.txt`), name).toBe(name);
      expect(await keeperOf().list(`signs/${name}`)).toEqual([
        { name: `${name}.txt`, isFolder: false, bytes: Buffer.byteLength(name) },
      ]);
    }
    expect((await keeperOf().list("signs")).map(({ name }) => name)).toEqual([...names].sort());
  });

  test("a folder lists what is in it, and what is no folder lists nothing", async () => {
    const keeper = keeperOf();
    await keeper.put("l/b/deep.bin", pieces("x"));
    await keeper.put("l/a.txt", pieces("xyz"));
    await keeper.put("longer/c.txt", pieces("x"));
    expect(await keeper.list("l")).toEqual([
      { name: "a.txt", isFolder: false, bytes: 3 },
      { name: "b", isFolder: true, bytes: null },
    ]);
    expect(await keeper.list("l/a.txt")).toEqual([]);
    expect(await keeper.list("nothing")).toEqual([]);
    expect((await keeper.list("")).map((entry) => entry.name)).toContain("l");
  });

  test("a file below a file, or in place of a folder, is refused", async () => {
    const keeper = keeperOf();
    await keeper.put("f/x", pieces("x"));
    await expect(keeper.put("f/x/y", pieces("y"))).rejects.toMatchObject({ code: "bad_request" });
    await expect(keeper.put("f", pieces("y"))).rejects.toMatchObject({ code: "bad_request" });
    expect(await textOf("f/x")).toBe("x");
  });

  test("a body that breaks off leaves nothing behind, and what was there", async () => {
    async function* broken() {
      yield Buffer.from("half");
      throw new Error("the client has gone");
    }
    await expect(keeperOf().put("half.txt", broken())).rejects.toThrow("the client has gone");
    expect(await keeperOf().read("half.txt")).toBeNull();
    await keeperOf().put("half.txt", pieces("whole"));
    await expect(keeperOf().put("half.txt", broken())).rejects.toThrow("the client has gone");
    expect(await textOf("half.txt")).toBe("whole");
  });

  test("what is erased is gone, with all below it and nothing beside it", async () => {
    const keeper = keeperOf();
    await keeper.put("e/deep/x", pieces("x"));
    await keeper.put("e/y", pieces("y"));
    await keeper.put("eel", pieces("z"));
    expect(await keeper.remove("e")).toBe(true);
    expect(await keeper.remove("e")).toBe(false);
    expect(await keeper.list("e")).toEqual([]);
    expect(await keeper.remove("eel")).toBe(true);
  });
}
