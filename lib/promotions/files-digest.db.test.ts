import { beforeAll, expect, test } from "vitest";
import type { Keeper } from "@/lib/artifacts/keeper";
import { onEachStore, type TestStore } from "@/lib/db/testing";
import { createModel } from "@/lib/registry/models";
import { createModelVersion } from "@/lib/registry/versions";
import { digestFiles, readFilesState } from "./files-digest";

const at = { model: "large", version: "1" };

/** Files of one folder, which say that they are as large as is told. */
function folderOf(files: ReadonlyMap<string, string>, { bytes }: { bytes?: number } = {}): Keeper {
  const sizeOf = (text: string) => bytes ?? Buffer.byteLength(text);
  const find = (path: string) => files.get(path.slice("m/".length));
  return {
    list: async () => [...files].map(([name, text]) => ({ name, isFolder: false, bytes: sizeOf(text) })),
    read: async (path) => {
      const text = find(path);
      return text === undefined ? null : { bytes: sizeOf(text), stream: new Blob([text]).stream() };
    },
    changedAt: async () => 1,
    put: async () => {},
    remove: async () => false,
  };
}

onEachStore("the digest of a version's files", (fresh) => {
  let store: TestStore;
  beforeAll(async () => {
    store = await fresh();
    await createModel(store.db, { model: at.model }, { actor: "key:ada" });
    await createModelVersion(
      store.db,
      { model: at.model, source: "mlflow-artifacts:/m" },
      { actor: "key:ada" },
    );
  });
  const digest = (keeper: Keeper) => digestFiles({ db: store.db, keeper }, at);

  test("is over the content of files however large they are", async () => {
    const of = (text: string) => folderOf(new Map([["model.bin", text]]), { bytes: 2 ** 30 });
    expect(await digest(of("one"))).toMatch(/^[0-9a-f]{64}$/);
    expect(await digest(of("one"))).toBe(await digest(of("one")));
    expect(await digest(of("one"))).not.toBe(await digest(of("two")));
  });

  test("is over every file of a folder of many", async () => {
    const many = (last: string) =>
      folderOf(
        new Map(Array.from({ length: 5_100 }, (_, i) => [`${i}`.padStart(5, "0"), i < 5_099 ? "x" : last])),
      );
    expect(await digest(many("a"))).not.toBe(await digest(many("b")));
  });

  test("is refused in words for a folder of too many, and null for none", async () => {
    const files = new Map(["a", "b", "c"].map((name) => [name, name]));
    const read = (mostFiles: number) =>
      readFilesState({ db: store.db, keeper: folderOf(files) }, at, { mostFiles });
    expect(await read(3)).toMatchObject({ changedMs: 1 });
    await expect(read(2)).rejects.toMatchObject({
      code: "bad_request",
      message: expect.stringMatching(/version 1 of large has more than 2 files below m.*register a version/),
    });
    expect(await digest(folderOf(new Map()))).toBeNull();
  });
});
