import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Keeper } from "@/lib/artifacts/keeper";
import { localKeeper } from "@/lib/artifacts/local";
import { listEvents } from "@/lib/audit/list";
import { putBaseline } from "@/lib/baselines/put";
import { csv } from "@/lib/baselines/put.fixture";
import { saveCard } from "@/lib/cards/save";
import { emptyCard, writeCard } from "@/lib/cards/write-card";
import { rows } from "@/lib/db/client";
import { onEachStore, type TestStore } from "@/lib/db/testing";
import { checkAs, madeUp } from "@/lib/evaluations/evidence.fixture";
import { saveEvaluation } from "@/lib/evaluations/save";
import { updateCheck } from "@/lib/evaluations/store";
import { recordImport } from "@/lib/imports/record";
import type { Imported } from "@/lib/imports/schema";
import { VersionSchemaPatch } from "@/lib/models/schema";
import { deleteAlias, setAlias } from "@/lib/registry/aliases";
import { changeVersion } from "@/lib/registry/change-version";
import { reportHistory } from "@/lib/registry/history";
import { describeVersion } from "@/lib/registry/list-versions";
import { createModel, deleteModel, renameModel } from "@/lib/registry/models";
import { rollBackAlias, rollBackProduction, transitionStage } from "@/lib/registry/stages";
import { createModelVersion, deleteModelVersion } from "@/lib/registry/versions";
import { correctSchema } from "@/lib/versions/correct";
import { askPromotion } from "./ask";
import { decidePromotion } from "./decide";
import type { From } from "./gather";
import { savePolicy } from "./policy";
import { describePromotion, listPromotions } from "./report";
import { PolicySave, type Promotion, type Target } from "./schema";

const who = (name: string, admin = false) => ({
  actor: `key:${name}`,
  person: `key:${name}`,
  isPerson: true,
  isAdminOf: () => admin,
});
const [ada, ben, cleo, root] = [who("ada"), who("ben"), who("cleo"), who("root", true)];
const PRODUCTION: Target = { kind: "stage", name: "Production" };
const CHAMPION: Target = { kind: "alias", name: "champion" };

onEachStore("promotions", (fresh) => {
  let store: TestStore;
  let from: From;
  let keeper: Keeper;
  const folder = mkdtempSync(path.join(os.tmpdir(), "tidemark-promotions-"));
  beforeAll(async () => {
    store = await fresh();
    keeper = localKeeper(folder);
    from = { db: store.db, keeper };
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const at = (model: string, version: string) => ({ model, version });
  const stageOf = async (model: string, version: string) =>
    (await describeVersion(store.db, at(model, version))).stage;
  const aliasesOf = async (model: string, version: string) =>
    (await describeVersion(store.db, at(model, version))).aliases;
  const auditOf = async (action: string) =>
    (await listEvents(store.db, { action, limit: 500 } as never)).events;

  /** Three versions, the first in Production and the champion; then a policy over both. */
  async function make(
    model: string,
    { approvals = 1, gates = [] as unknown[] }: { approvals?: number; gates?: unknown[] } = {},
  ) {
    await createModel(store.db, { model }, ada);
    for (let i = 0; i < 3; i++)
      await createModelVersion(store.db, { model, source: `s3://bucket/${model}/${i}` }, ada);
    await transitionStage(store.db, at(model, "1"), { stage: "Production" }, ada);
    await setAlias(store.db, at(model, "1"), "champion", ada);
    await protect(model, { approvals, gates });
  }
  const protect = (
    model: string,
    {
      approvals = 1,
      gates = [] as unknown[],
      revision = 0,
    }: { approvals?: number; gates?: unknown[]; revision?: number },
  ) =>
    savePolicy(
      store.db,
      model,
      PolicySave.parse({
        revision,
        targets: [
          { ...PRODUCTION, approvals, gates },
          { ...CHAMPION, approvals, gates },
        ],
      }),
      "key:root",
    );
  const ask = (model: string, version = "2", target: Target = PRODUCTION, by = ada) =>
    askPromotion(
      from,
      { ...at(model, version), target, reason: "better on June", archive_existing_versions: true },
      by,
    );
  const approve = ({ promotion_id }: Promotion, by = ben) =>
    decidePromotion(from, promotion_id, { deed: "approve", words: "the gates convince me" }, by);

  describe("without a policy", () => {
    test("nothing is protected, and nothing can be asked for", async () => {
      await createModel(store.db, { model: "free" }, ada);
      await createModelVersion(store.db, { model: "free", source: "s3://bucket/free" }, ada);
      await transitionStage(store.db, at("free", "1"), { stage: "Production" }, ada);
      await expect(ask("free", "1", CHAMPION)).rejects.toMatchObject({
        code: "bad_request",
        message: expect.stringContaining("nothing protects the alias champion of free"),
      });
      await deleteModelVersion(store.db, at("free", "1"), ada);
      await renameModel(store.db, "free", "free-2", ada);
    });
  });

  describe("what is protected", () => {
    beforeAll(() => make("guarded"));
    const refused = (work: Promise<unknown>, message: string | RegExp) =>
      expect(work).rejects.toMatchObject({ code: "forbidden", message: expect.stringMatching(message) });

    test("cannot be moved around a promotion, into it or out of it, by any verb", async () => {
      const { db } = store;
      const asking = /Production of guarded is protected.*\/models\/guarded\/2\/promote\?stage=Production/;
      await refused(transitionStage(db, at("guarded", "2"), { stage: "Production" }, root), asking);
      await refused(
        transitionStage(db, at("guarded", "2"), { stage: "Production", archiveOthers: true }, root),
        asking,
      );
      await refused(changeVersion(db, at("guarded", "2"), { stage: "Production" }, "key:root"), asking);
      await refused(
        changeVersion(db, at("guarded", "2"), { aliases: ["champion"] }, "key:root"),
        /the alias champion of guarded is protected.*promote\?alias=champion/,
      );
      await refused(setAlias(db, at("guarded", "2"), "champion", root), /promote\?alias=champion/);
      await refused(deleteAlias(db, "guarded", "champion", root), /override it with a reason/);
      await refused(
        transitionStage(db, at("guarded", "1"), { stage: "Archived" }, root),
        /promote another version into its place/,
      );
      await refused(deleteModelVersion(db, at("guarded", "1"), root), /is protected/);
      await refused(deleteModel(db, "guarded", root), /is protected/);
      await refused(renameModel(db, "guarded", "elsewhere", root), /protects its name/);
      expect(await stageOf("guarded", "1")).toBe("Production");
      expect(await aliasesOf("guarded", "1")).toEqual(["champion"]);
      expect(await stageOf("guarded", "2")).toBe("None");
    });

    test("leaves everything else alone", async () => {
      await transitionStage(store.db, at("guarded", "2"), { stage: "Staging" }, ada);
      await setAlias(store.db, at("guarded", "2"), "challenger", ada);
      await deleteModelVersion(store.db, at("guarded", "3"), ada);
    });

    test("an administrator overrides it with a reason, which audit log and history tell", async () => {
      await changeVersion(
        store.db,
        at("guarded", "2"),
        { stage: "Production", archive_existing_versions: true, override: "the site is down" },
        "key:root",
      );
      expect(await stageOf("guarded", "2")).toBe("Production");
      const { changes } = await reportHistory(store.db, { model: "guarded", limit: 2 });
      expect(changes).toMatchObject([
        { subject: "2", to: "Production", warrant: "override", why: "the site is down" },
        { subject: "1", to: "Archived", warrant: "override" },
      ]);
      expect((await auditOf("promotion.override"))[0]).toMatchObject({
        actor: "key:root",
        subject: "version:guarded/2",
        after: { reason: "the site is down", change: { stage: "Production" } },
      });
      // The warrant ends with the statement.
      await refused(
        transitionStage(store.db, at("guarded", "1"), { stage: "Production" }, root),
        /protected/,
      );
    });
  });

  test("a request is approved by another, and the stage moves with history and audit log", async () => {
    await make("plain");
    const asked = await ask("plain");
    expect(asked).toMatchObject({
      state: "open",
      champion: "1",
      passed: true,
      approvals: { given: 0, needed: 1 },
      may: { approve: false, why_not: expect.stringContaining("asked for it yourself") },
    });
    await expect(ask("plain")).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining(asked.url),
    });
    await expect(approve(asked, ada)).rejects.toMatchObject({
      code: "forbidden",
      message: expect.stringContaining("somebody else has to approve"),
    });
    await decidePromotion(from, asked.promotion_id, { deed: "comment", words: "which seed?" }, cleo);
    const done = await approve(asked);
    expect(done).toMatchObject({ state: "promoted", decided_by: "key:ben" });
    expect(done.events.map(({ kind, actor }) => [kind, actor])).toEqual([
      ["comment", "key:cleo"],
      ["approve", "key:ben"],
    ]);
    expect(await stageOf("plain", "2")).toBe("Production");
    expect(await stageOf("plain", "1")).toBe("Archived");
    const { changes } = await reportHistory(store.db, { model: "plain", limit: 2 });
    expect(changes).toMatchObject([
      {
        subject: "2",
        to: "Production",
        warrant: "promotion",
        promotion_id: asked.promotion_id,
        actor: "key:ben",
        why: "better on June",
      },
      { subject: "1", to: "Archived", promotion_id: asked.promotion_id },
    ]);
    const subject = `promotion:${asked.promotion_id}`;
    const events = (await listEvents(store.db, { subject, limit: 50 } as never)).events;
    expect(events.map(({ action }) => action).reverse()).toEqual([
      "promotion.ask",
      "promotion.comment",
      "promotion.approve",
      "promotion.carry_out",
    ]);
    expect(events.at(-1)!.after).toMatchObject({ snapshot_sha256: done.snapshot_sha256 });
  });

  test("an alias is promoted alike", async () => {
    await make("aliased");
    await approve(await ask("aliased", "2", CHAMPION));
    expect(await aliasesOf("aliased", "2")).toEqual(["champion"]);
    expect(await aliasesOf("aliased", "1")).toEqual([]);
    await rollBackAlias(store.db, { model: "aliased", alias: "champion" }, ada);
    expect(await aliasesOf("aliased", "1")).toEqual(["champion"]);
  });

  test("two have to approve where two are wanted; the same person counts once", async () => {
    await make("double", { approvals: 2 });
    const asked = await ask("double");
    await approve(asked, ben);
    const again = await approve(asked, ben);
    expect(again).toMatchObject({ state: "open", approvals: { given: 1, needed: 2 } });
    expect(again.events).toHaveLength(1);
    expect(await stageOf("double", "2")).toBe("None");
    expect(await approve(asked, cleo)).toMatchObject({ state: "promoted" });
  });

  test("approvals at the same moment move the stage once", async () => {
    await make("race");
    const asked = await ask("race");
    const done = await Promise.allSettled([
      approve(asked, ben),
      approve(asked, ben),
      approve(asked, cleo),
      approve(asked, cleo),
    ]);
    const won = done.filter(({ status }) => status === "fulfilled");
    expect(won).toHaveLength(1);
    for (const each of done)
      if (each.status === "rejected") {
        expect(each.reason).toMatchObject({
          code: "conflict",
          message: expect.stringContaining("this promotion is promoted by key"),
        });
      }
    const { changes } = await reportHistory(store.db, { model: "race", limit: 50 });
    expect(changes.filter(({ to }) => to === "Production")).toHaveLength(2);
    expect((await describePromotion(store.db, asked.promotion_id, ada)).events).toHaveLength(1);
  });

  test("the same asked for twice at once is one request", async () => {
    await make("twice");
    const asked = await Promise.allSettled([ask("twice"), ask("twice"), ask("twice")]);
    expect(asked.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const { promotions } = await listPromotions(store.db, { model: "twice", limit: 50 });
    expect(promotions).toHaveLength(1);
  });

  test("gates alone decide where nobody has to approve", async () => {
    await make("alone", { approvals: 0, gates: [{ kind: "card" }] });
    const asked = await ask("alone");
    expect(asked).toMatchObject({ state: "open", passed: false, failed: 1 });
    await decidePromotion(from, asked.promotion_id, { deed: "withdraw", words: "card first" }, ada);
    await fillCard("alone", "2");
    expect(await ask("alone")).toMatchObject({ state: "promoted" });
    expect(await stageOf("alone", "2")).toBe("Production");
  });

  test("a failed gate is in the way of every approval", async () => {
    await make("failing", { gates: [{ kind: "metric", metric: "auc", at_least: 0.7 }] });
    const asked = await ask("failing");
    expect(asked.snapshot.gates[0]).toMatchObject({
      passed: false,
      value: null,
      why: expect.stringContaining("version 2 has no evaluation"),
    });
    await expect(approve(asked)).rejects.toMatchObject({
      code: "forbidden",
      message: expect.stringContaining("AUC failed"),
    });
    expect(await stageOf("failing", "2")).toBe("None");
    const refused = await decidePromotion(
      from,
      asked.promotion_id,
      { deed: "refuse", words: "no evidence" },
      ben,
    );
    expect(refused).toMatchObject({ state: "refused", state_why: "no evidence", decided_by: "key:ben" });
    await expect(approve(asked)).rejects.toMatchObject({ code: "conflict" });
  });

  test("who asked withdraws, or an administrator, and nobody else", async () => {
    await make("taken-back");
    const asked = await ask("taken-back");
    const withdraw = (by: typeof ada) =>
      decidePromotion(from, asked.promotion_id, { deed: "withdraw", words: "a mistake" }, by);
    await expect(withdraw(ben)).rejects.toMatchObject({ code: "forbidden" });
    expect(await withdraw(ada)).toMatchObject({ state: "withdrawn" });
    await decidePromotion(
      from,
      (await ask("taken-back")).promotion_id,
      { deed: "withdraw", words: "cleaning up" },
      root,
    );
  });

  async function fillCard(model: string, version: string, revision = 0) {
    const card = emptyCard(model, version);
    card.model_details.owners = ["risk"];
    card.model_details.license = "Apache-2.0";
    card.intended_use = { primary_uses: ["delays"], out_of_scope: ["freight"] };
    card.training_data.source = "flights of May";
    card.metrics = [{ name: "auc", value: 0.8 + revision / 100, threshold: 0.7 }];
    card.ethical_considerations = ["none known"];
    card.monitoring = ["weekly drift"];
    await saveCard(store.db, at(model, version), { yaml: writeCard(card), revision }, "key:ada");
  }

  async function evaluate(model: string, version: string, state: "confirmed" | "contradicted" = "confirmed") {
    const made = await madeUp(keeper);
    const { evaluation_id: id } = await saveEvaluation(from, at(model, version), made, "key:ada");
    await checkAs(store.db, { ...at(model, version), id }, made, state);
    return id;
  }

  describe("a request lapses", () => {
    const EVIDENCE = [
      { kind: "metric", metric: "accuracy", at_least: 0.5 },
      { kind: "evidence", max_age_days: 30 },
    ];
    const lapsed = async ({ promotion_id }: Promotion, why: string | RegExp) => {
      expect(await describePromotion(store.db, promotion_id, ben)).toMatchObject({
        state: "lapsed",
        state_why: expect.stringMatching(why),
      });
      await expect(
        decidePromotion(from, promotion_id, { deed: "approve", words: "yes" }, ben),
      ).rejects.toMatchObject({ code: "conflict", message: expect.stringMatching(/is lapsed.*ask anew/) });
    };

    test("when its gates change, and not when another target's do", async () => {
      await make("lapse-gates");
      const asked = await ask("lapse-gates");
      const staging = { kind: "stage", name: "Staging", approvals: 1, gates: [] };
      const now = [
        { ...PRODUCTION, approvals: 1, gates: [] },
        { ...CHAMPION, approvals: 1, gates: [] },
      ];
      await savePolicy(
        store.db,
        "lapse-gates",
        PolicySave.parse({ revision: 1, targets: [...now, staging] }),
        "key:root",
      );
      expect(await describePromotion(store.db, asked.promotion_id, ben)).toMatchObject({ state: "open" });
      await protect("lapse-gates", { approvals: 2, revision: 2 });
      await lapsed(asked, "the gates or approvals for Production were changed");
      await expect(protect("lapse-gates", { approvals: 3, revision: 2 })).rejects.toMatchObject({
        code: "conflict",
      });
    });

    test("when the champion changes", async () => {
      await make("lapse-champion");
      const [second, third] = [await ask("lapse-champion", "2"), await ask("lapse-champion", "3")];
      await approve(third);
      await lapsed(second, "Production held version 1 then and holds version 3 now");
    });

    test("when its model card changes", async () => {
      await make("lapse-card");
      const asked = await ask("lapse-card");
      await fillCard("lapse-card", "2");
      await lapsed(asked, "model card was changed: revision 0 then, 1 now");
    });

    test("when the thresholds, schema or baseline change that its gates on live predictions are judged by", async () => {
      const model = "lapse-measure";
      const log = { model, version: "2" };
      await make(model, { gates: [{ kind: "drift", max_share: 0.2 }] });
      const baseline = (...values: number[]) =>
        putBaseline(store.db, { ...log, input: csv(["x", ...values].join("\n")) });
      await baseline(1, 2, 3);
      const correct = (patch: object) =>
        correctSchema(store.db, { ...log, patch: VersionSchemaPatch.parse(patch), actor: "key:ada" });
      for (const [change, word] of [
        [() => correct({ settings: { alpha: 0.001 } }), "settings"],
        [() => correct({ features: [{ name: "x", thresholds: { effect_floor: 0.9 } }] }), "features"],
        [() => correct({ features: [{ name: "x", monitored: false }] }), "features"],
        [() => baseline(1, 2, 3, 1000), "baseline"],
      ] as const) {
        const asked = await ask(model);
        await correct({ features: [{ name: "x", description: word }] });
        expect(await describePromotion(store.db, asked.promotion_id, ben)).toMatchObject({ state: "open" });
        await change();
        await lapsed(asked, `the ${word} of version 2 changed, by which its gates on live predictions`);
      }
    });

    test("and not by thresholds that no gate of it is judged by", async () => {
      await make("lapse-nothing");
      await putBaseline(store.db, { ...at("lapse-nothing", "2"), input: csv("x\n1\n2\n") });
      const asked = await ask("lapse-nothing");
      await correctSchema(store.db, {
        ...at("lapse-nothing", "2"),
        patch: VersionSchemaPatch.parse({ settings: { alpha: 0.001 } }),
        actor: "key:ada",
      });
      expect(await describePromotion(store.db, asked.promotion_id, ben)).toMatchObject({ state: "open" });
    });

    test("when its evidence is contradicted", async () => {
      await make("lapse-evidence", { gates: EVIDENCE });
      const id = await evaluate("lapse-evidence", "2");
      const asked = await ask("lapse-evidence");
      expect(asked).toMatchObject({ passed: true });
      expect(asked.snapshot.evidence).toMatchObject([{ evaluation_id: id, state: "confirmed" }]);
      await updateCheck(
        store.db,
        { ...at("lapse-evidence", "2"), id },
        { state: "contradicted", message: "other scores" },
        "tidemark",
      );
      await lapsed(asked, "was confirmed then and is contradicted now");
    });

    test("when its evidence becomes too old, which nothing else tells", async () => {
      await make("lapse-age", { gates: EVIDENCE });
      await evaluate("lapse-age", "2");
      const asked = await askPromotion(
        from,
        { ...at("lapse-age", "2"), target: PRODUCTION, reason: "r", archive_existing_versions: true },
        ada,
      );
      expect(Date.parse(asked.snapshot.expires_at!) - Date.now()).toBeGreaterThan(29 * 86_400_000);
      await rows(store.db, sql`ALTER TABLE promotion DISABLE TRIGGER promotion_is_kept`);
      await rows(
        store.db,
        sql`UPDATE promotion SET expires_at = now() - interval '1 second' WHERE promotion_id = ${asked.promotion_id}::uuid`,
      );
      await rows(store.db, sql`ALTER TABLE promotion ENABLE TRIGGER promotion_is_kept`);
      await lapsed(asked, "older than the gates allow");
      expect(await ask("lapse-age")).toMatchObject({ state: "open" });
    });

    test("when its files change", async () => {
      await make("lapse-files");
      const put = (text: string) =>
        keeper.put(
          "models/lapse/model.bin",
          (async function* () {
            yield new TextEncoder().encode(text);
          })(),
        );
      await put("weights");
      await createModelVersion(
        store.db,
        { model: "lapse-files", source: "mlflow-artifacts:/models/lapse" },
        ada,
      );
      const asked = await ask("lapse-files", "4");
      expect(asked.snapshot.files_sha256).toMatch(/^[0-9a-f]{64}$/);
      await put("other weights");
      await expect(approve(asked)).rejects.toMatchObject({ code: "conflict" });
      await lapsed(asked, "the files of version 4 were changed");
      expect(await stageOf("lapse-files", "4")).toBe("None");
    });

    test("when its version is deleted", async () => {
      await make("lapse-deleted");
      const asked = await ask("lapse-deleted");
      await deleteModelVersion(store.db, at("lapse-deleted", "2"), ada);
      expect(await describePromotion(store.db, asked.promotion_id, ben)).toMatchObject({
        state: "lapsed",
        state_why: "version 2 was deleted",
      });
    });
  });

  test("evidence that the server has not repeated yet cannot be frozen as failed", async () => {
    await make("waiting", { gates: [{ kind: "metric", metric: "accuracy", at_least: 0.5 }] });
    await saveEvaluation(from, at("waiting", "2"), await madeUp(keeper), "key:ada");
    await expect(ask("waiting")).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("ask again when it is confirmed"),
    });
  });

  test("contradicted evidence passes no gate", async () => {
    await make("forged", { gates: [{ kind: "metric", metric: "accuracy", at_least: 0.5 }] });
    await evaluate("forged", "2", "contradicted");
    const asked = await ask("forged");
    expect(asked.snapshot.gates[0]).toMatchObject({
      passed: false,
      why: expect.stringContaining("was contradicted"),
    });
  });

  test("a rollback is one step, past the policy and to the last version that was approved", async () => {
    await make("back");
    await approve(await ask("back", "2"));
    await changeVersion(
      store.db,
      at("back", "3"),
      { stage: "Production", archive_existing_versions: true, override: "a hunch" },
      "key:root",
    );
    await approve(await ask("back", "1", PRODUCTION, cleo));
    // 3 left last, but an override had put it there.
    await rollBackProduction(store.db, "back", { actor: "key:ada", why: "errors" });
    expect(await stageOf("back", "2")).toBe("Production");
    const { changes } = await reportHistory(store.db, { model: "back", limit: 1 });
    expect(changes[0]).toMatchObject({ subject: "2", warrant: "rollback", why: "errors", actor: "key:ada" });
  });

  test("a rollback brings back no version made anew under the name of a former one", async () => {
    const [model, name] = ["anew", "2"];
    await make(model);
    await approve(await ask(model, "2"));
    await approve(await ask(model, "2", CHAMPION));
    await approve(await ask(model, "3"));
    await approve(await ask(model, "3", CHAMPION));
    await deleteModelVersion(store.db, at(model, name), ada);
    // With its number and a time of creation that lies before everything else.
    await recordImport(
      store.db,
      {
        ...{ kind: "version", model, number: Number(name), stage: "None", description: "", owner: null },
        ...{ source: "s3://bucket/other", storage_location: "s3://bucket/other", run_id: null, run_link: "" },
        ...{ logged_model_id: null, created_ms: 1000, updated_ms: 1000, tags: [], aliases: [] },
      } as Imported,
      "key:ada",
    );
    await rollBackProduction(store.db, model, { actor: "key:ada" });
    await rollBackAlias(store.db, { model, alias: "champion" }, ada);
    expect(await stageOf(model, name)).toBe("None");
    expect(await stageOf(model, "1")).toBe("Production");
    expect(await aliasesOf(model, "1")).toEqual(["champion"]);
  });

  test("what was frozen cannot be changed afterwards", async () => {
    await make("frozen");
    const { promotion_id } = await ask("frozen");
    await expect(
      rows(store.db, sql`UPDATE promotion SET passed = true WHERE promotion_id = ${promotion_id}::uuid`),
    ).rejects.toThrow(/only ever added/);
    await expect(rows(store.db, sql`UPDATE promotion_event SET words = 'no'`)).rejects.toThrow(
      /only ever added/,
    );
    await expect(rows(store.db, sql`UPDATE promotion_policy SET targets = '[]'`)).rejects.toThrow(
      /only ever added/,
    );
  });
});
