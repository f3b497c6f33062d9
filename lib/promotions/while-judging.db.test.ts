import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import type { Keeper } from "@/lib/artifacts/keeper";
import { pieces } from "@/lib/artifacts/keeper.fixture";
import { localKeeper } from "@/lib/artifacts/local";
import { saveCard } from "@/lib/cards/save";
import { emptyCard, writeCard } from "@/lib/cards/write-card";
import { onEachStore, type TestStore } from "@/lib/db/testing";
import { changeVersion } from "@/lib/registry/change-version";
import { createModel } from "@/lib/registry/models";
import { transitionStage } from "@/lib/registry/stages";
import { createModelVersion } from "@/lib/registry/versions";
import { askPromotion } from "./ask";
import { savePolicy } from "./policy";
import { listPromotions } from "./report";
import { PolicySave } from "./schema";

/** What happens just before and just after the gates are judged, the first time and each time after. */
const happens = vi.hoisted(() => ({
  before: [] as (() => Promise<unknown>)[],
  after: [] as (() => Promise<unknown>)[],
  judged: 0,
}));
vi.mock("./check", async (original) => {
  const actual = await original<typeof import("./check")>();
  return {
    ...actual,
    checkGates: async (...given: Parameters<typeof actual.checkGates>) => {
      happens.judged++;
      await happens.before.shift()?.();
      const check = await actual.checkGates(...given);
      await happens.after.shift()?.();
      return check;
    },
  };
});

const ada = { actor: "key:ada", person: "key:ada", isPerson: false, isAdminOf: () => false };
const CARD = { kind: "card" };

onEachStore("a request whose gates are being judged", (fresh) => {
  let store: TestStore;
  let keeper: Keeper;
  const folder = mkdtempSync(path.join(os.tmpdir(), "tidemark-judging-"));
  beforeAll(async () => {
    store = await fresh();
    keeper = localKeeper(folder);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  beforeEach(() => Object.assign(happens, { before: [], after: [], judged: 0 }));

  const put = (model: string, text: string) => keeper.put(`0/${model}/2/model.bin`, pieces(text));
  const protect = (model: string, revision: number, gates: unknown[] = []) =>
    savePolicy(
      store.db,
      model,
      PolicySave.parse({ revision, targets: [{ kind: "stage", name: "Production", approvals: 1, gates }] }),
      "key:root",
    );
  async function make(model: string) {
    await createModel(store.db, { model }, ada);
    for (const version of ["1", "2", "3"])
      await createModelVersion(store.db, { model, source: `mlflow-artifacts:/0/${model}/${version}` }, ada);
    await put(model, "weights");
    await transitionStage(store.db, { model, version: "1" }, { stage: "Production" }, ada);
    await protect(model, 0);
  }
  const ask = (model: string) =>
    askPromotion(
      { db: store.db, keeper },
      {
        ...{ model, version: "2", reason: "better on June", archive_existing_versions: true },
        target: { kind: "stage", name: "Production" },
      },
      ada,
    );

  test("is judged once where nothing happens", async () => {
    await make("quiet");
    expect(await ask("quiet")).toMatchObject({ state: "open", passed: true });
    expect(happens.judged).toBe(1);
  });

  test("is judged by the policy that was tightened meanwhile", async () => {
    await make("tightened");
    happens.after = [() => protect("tightened", 1, [CARD])];
    const asked = await ask("tightened");
    expect(asked).toMatchObject({ passed: false, failed: 1, snapshot: { policy_revision: 2 } });
  });

  test("is not judged by a policy that was another for just that moment", async () => {
    await make("for-a-moment");
    await protect("for-a-moment", 1, [CARD]);
    happens.before = [() => protect("for-a-moment", 2)];
    happens.after = [() => protect("for-a-moment", 3, [CARD])];
    expect(await ask("for-a-moment")).toMatchObject({ passed: false, snapshot: { policy_revision: 4 } });
  });

  test("is compared with the champion that came meanwhile", async () => {
    await make("champion");
    happens.after = [
      () =>
        changeVersion(
          store.db,
          { model: "champion", version: "3" },
          { stage: "Production", archive_existing_versions: true, override: "the site is down" },
          "key:root",
        ),
    ];
    expect(await ask("champion")).toMatchObject({ champion: "3", snapshot: { champion: "3" } });
    expect(happens.judged).toBe(2);
  });

  test("freezes the card that was judged", async () => {
    await make("card");
    await protect("card", 1, [CARD]);
    const yaml = writeCard(emptyCard("card", "2"));
    happens.after = [
      () => saveCard(store.db, { model: "card", version: "2" }, { yaml, revision: 0 }, "key:ada"),
    ];
    expect(await ask("card")).toMatchObject({ snapshot: { card: { revision: 1 } } });
    expect(happens.judged).toBe(2);
  });

  test("is judged again for files that were replaced, and for those that were put back", async () => {
    await make("files");
    happens.after = [
      () => put("files", "other weights"),
      async () => {
        await put("files", "good weights");
        await put("files", "other weights");
      },
    ];
    await ask("files");
    expect(happens.judged).toBe(3);
  });

  test("is refused where something happens each time, and nothing is asked for", async () => {
    await make("restless");
    let revision = 1;
    const change = () => protect("restless", revision, [{ kind: "drift", max_share: ++revision / 100 }]);
    happens.after = [change, change, change];
    await expect(ask("restless")).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("are being changed at this moment: ask again"),
    });
    expect((await listPromotions(store.db, { model: "restless", limit: 10 })).promotions).toEqual([]);
  });
});
