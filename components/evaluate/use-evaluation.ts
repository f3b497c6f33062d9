import { useQueryClient } from "@tanstack/react-query";
import { startTransition, useEffect, useRef, useState } from "react";
import type { RowCells } from "@/components/evaluation/error-table";
import { datasetContentUrl, datasetsQuery, uploadDataset } from "@/lib/datasets/query";
import type { Dataset } from "@/lib/datasets/schema";
import { guessLabel, guessMapping } from "@/lib/evaluate/guess-mapping";
import type { InputMapping } from "@/lib/evaluate/input-mapping";
import { type BackendChoice, pickBackend } from "@/lib/evaluate/pick-backend";
import type { EvaluationComparison } from "@/lib/evaluate/schema";
import type {
  DataFacts,
  GivenFile,
  ModelFacts,
  PreviewRow,
  RunFacts,
  Slot,
} from "@/lib/evaluate/worker-calls";
import { EngineClient, EngineRefusal } from "@/lib/evaluate/worker-client";
import {
  evaluatedFileUrl,
  evaluationsQuery,
  keepMapping,
  modelFilesQuery,
  modelFileUrl,
  outcomeUrl,
  saveEvaluation,
  sendFile,
} from "@/lib/evaluations/query";
import type { Evaluation } from "@/lib/evaluations/schema";
import { ApiError, describeError } from "@/lib/http/request";
import type { VersionAddress } from "@/lib/models/address";
import { Share } from "./share";

export type Doing = {
  what:
    | "model"
    | "data"
    | "preview"
    | "backend"
    | "saving"
    | "comparing"
    | "scoring"
    | "measuring"
    | "repeating";
};
type Loaded = { facts: ModelFacts; name: string };
type Held = { facts: DataFacts; name: string; file: File };
/** What a model is compared with: another version as registered, or files of this machine. */
export type Other = { version: string } | { name: string; files: GivenFile[] };
export type Compared = { name: string; run: RunFacts; comparison: EvaluationComparison };

/** Evidence that was repeated here; `difference` is the first one in words, null where there is none. */
export type Repeated = { id: string; difference: string | null };

/** What a person reads of a failure: the engine's and the server's words are made for them. */
export const failureWords = (error: unknown): string =>
  error instanceof EngineRefusal || !(error instanceof ApiError)
    ? (error as Error).message
    : describeError(error);

/** One evaluation from its files to its evidence: all work is done in the engine's worker. */
export function useEvaluation(address: VersionAddress) {
  const client = useQueryClient();
  const engine = useRef<EngineClient>(null);
  const cancel = useRef<AbortController | null>(null);
  const [model, showModel] = useState<Loaded | null>(null);
  const [data, showData] = useState<Held | null>(null);
  // What is loaded now, for work that began before it was: a link loads the model and then the rows.
  const loaded = useRef<{ model: Loaded | null; data: Held | null }>({ model: null, data: null });
  const setModel = (next: Loaded | null) => {
    loaded.current.model = next;
    showModel(next);
  };
  const setData = (next: Held | null) => {
    loaded.current.data = next;
    showData(next);
  };
  /** The mapping of the evidence that is repeated: it stands whatever is kept with the version since. */
  const given = useRef<InputMapping | null>(null);
  const [mapping, setMapping] = useState<InputMapping | null>(null);
  const [preview, setPreview] = useState<PreviewRow[] | null>(null);
  const [run, setRun] = useState<(RunFacts & { notes: string[]; cells: RowCells }) | null>(null);
  const [compared, setCompared] = useState<Compared | null>(null);
  const [repeated, setRepeated] = useState<Repeated | null>(null);
  const [doing, setDoing] = useState<Doing | null>(null);
  const [failure, setFailure] = useState<{ step: Doing["what"]; words: string } | null>(null);
  const [share] = useState(() => new Share());
  engine.current ??= new EngineClient();
  useEffect(() => () => engine.current?.close(), []);
  const { origin } = typeof window === "undefined" ? { origin: "" } : window.location;

  async function attempt<Value>(what: Doing["what"], work: (signal: AbortSignal) => Promise<Value>) {
    const stop = new AbortController();
    cancel.current = stop;
    setFailure(null);
    share.set(0);
    setDoing({ what });
    try {
      return await work(stop.signal);
    } catch (error) {
      const words = failureWords(error);
      setFailure(stop.signal.aborted ? null : { step: what, words });
      return null;
    } finally {
      setDoing(null);
    }
  }

  function forgetRun() {
    setRun(null);
    setCompared(null);
    setRepeated(null);
  }

  /** A mapping that fits what is loaded: what was kept, what the model says, else a guess. */
  async function proposeMapping(facts: ModelFacts, columns: DataFacts["columns"], registered: string | null) {
    const kept = await client.fetchQuery(modelFilesQuery(address)).catch(() => null);
    const found = given.current ?? kept?.mapping ?? facts.mapping;
    const label = found?.label ?? guessLabel(columns, registered);
    if (found) return { ...found, label };
    const order = kept?.signature?.inputs.map(({ name }) => name) ?? [];
    return guessMapping(facts, columns, { label, order });
  }

  async function renew(registeredLabel: string | null) {
    forgetRun();
    setPreview(null);
    const { model, data } = loaded.current;
    if (!model || !data) return;
    const proposed = await proposeMapping(model.facts, data.facts.columns, registeredLabel);
    startTransition(() => setMapping(proposed));
    await showPreview(proposed);
  }

  async function showPreview(wanted: InputMapping) {
    setPreview(null);
    const rows = await attempt("preview", () =>
      engine.current!.call("preview", ["model", wanted, wanted.label ?? ""]),
    );
    startTransition(() => setPreview(rows));
  }

  const loadModel = async (
    files: GivenFile[],
    name: string,
    { as = null }: { as?: InputMapping | null } = {},
  ) => {
    given.current = as;
    setModel(null);
    const facts = await attempt("model", () => engine.current!.call("loadModel", ["model", files, origin]));
    if (!facts) return;
    setModel({ facts, name });
    await renew(null);
  };

  async function registeredFiles(of: VersionAddress, signal: AbortSignal): Promise<GivenFile[]> {
    const { files } = await client.fetchQuery(modelFilesQuery(of));
    if (files.length === 0) {
      throw new EngineRefusal(
        `version ${of.version} has no model.json and no .onnx file with this server: upload its files instead`,
      );
    }
    return Promise.all(
      files.map(async ({ path }) => ({ path, file: await fetchBlob(modelFileUrl(of, path), signal) })),
    );
  }

  const loadRegistered = async () => {
    const files = await attempt("model", (signal) => registeredFiles(address, signal));
    if (files) await loadModel(files, `version ${address.version} as registered`);
  };

  async function holdData(file: File, label: string | null) {
    setData(null);
    const facts = await attempt("data", () => engine.current!.call("loadData", [file, file.name]));
    if (!facts) return null;
    setData({ facts, name: file.name, file });
    await renew(label);
    return facts;
  }

  const loadDataset = async ({ sha256, name, label }: Dataset) => {
    const blob = await attempt("data", (signal) =>
      fetchBlob(datasetContentUrl(address.model, sha256), signal),
    );
    if (blob) await holdData(new File([blob], name), label);
  };

  /** @returns whether it ran to its end */
  const start = async (choice: BackendChoice, groups: string | null, wanted = mapping): Promise<boolean> => {
    const { data } = loaded.current;
    if (!wanted || !data) return false;
    forgetRun();
    const label = wanted.label ?? "";
    const notes = await attempt("backend", () =>
      pickBackend(engine.current!, "model", { choice, mapping: wanted, rows: data.facts.rows }),
    );
    if (!notes) return false;
    const found = await runSlot("model", wanted, label, groups);
    if (!found) return false;
    const { worst_rows } = found.report;
    const rows = await engine.current!.call("rowsAt", [worst_rows.map(({ row }) => row)]);
    const names = data.facts.columns.map(({ name }) => name);
    const told = new Map(worst_rows.map(({ row }, place) => [row, rows[place]!]));
    const cellsOf = (row: number) => names.map((name) => told.get(row)?.[name] ?? "");
    // Drawn piece by piece: a report is large, and the page stays usable meanwhile.
    startTransition(() => setRun({ ...found, notes, cells: { names, cellsOf } }));
    return true;
  };

  /** Repeats kept evidence (the files as they were evaluated, its rows, its mapping), and holds both against each other. */
  const repeat = async (
    evidence: Evaluation,
    rows: Dataset,
    choice: BackendChoice,
    groups: string | null,
  ) => {
    const { evaluation_id: id, model_files } = evidence;
    const files = await attempt("model", (signal) =>
      Promise.all(
        model_files.map(async ({ path, sha256 }) => ({
          path,
          file: await fetchBlob(evaluatedFileUrl(address, id, sha256), signal),
        })),
      ),
    );
    if (!files) return;
    const wanted = { ...evidence.mapping, label: evidence.mapping.label ?? rows.label };
    await loadModel(files, `the model of evidence ${id.slice(0, 8)}`, { as: wanted });
    if (!loaded.current.model) return;
    await loadDataset(rows);
    if (!(await start(choice, groups, wanted))) return;
    const found = await attempt("repeating", async (signal) => ({
      difference: await engine.current!.call("holdAgainst", [
        await fetchBlob(outcomeUrl(address, id), signal),
        evidence.backend,
      ]),
    }));
    if (found) startTransition(() => setRepeated({ id, ...found }));
  };

  /** The same rows with another threshold, which becomes the mapping's. */
  const evaluateAt = async (threshold: number, choice: BackendChoice, groups: string | null) => {
    if (!mapping) return;
    const next = { ...mapping, output: { ...mapping.output, threshold } };
    setMapping(next);
    await start(choice, groups, next);
  };

  const runSlot = (slot: Slot, wanted: InputMapping, label: string, groups: string | null = null) =>
    attempt("scoring", (signal) =>
      engine.current!.call("run", [slot, wanted, label, groups ? { fairness: [{ feature: groups }] } : {}], {
        signal,
        onProgress: (done, what) => {
          share.set(done);
          setDoing((now) => (now?.what === what ? now : { what }));
        },
      }),
    );

  /** A second model on the same rows, through the mapping that is its own, else the first one's. */
  const compareWith = async (other: Other) => {
    if (!mapping || !data || !run) return;
    setCompared(null);
    const found = await attempt("comparing", async (signal) => {
      const of = "version" in other ? { model: address.model, version: other.version } : null;
      const files = "files" in other ? other.files : await registeredFiles(of!, signal);
      const facts = await engine.current!.call("loadModel", ["other", files, origin]);
      const kept = of ? (await client.fetchQuery(modelFilesQuery(of))).mapping : null;
      return { ...(kept ?? facts.mapping ?? mapping), label: mapping.label };
    });
    if (!found) return;
    const second = await runSlot("other", found, found.label ?? "");
    if (!second) return;
    const comparison = await attempt("comparing", () => engine.current!.call("compare", []));
    const name = "version" in other ? `version ${other.version}` : other.name;
    if (comparison) startTransition(() => setCompared({ name, run: second, comparison }));
  };

  /** @returns the id of the evidence */
  const save = async (): Promise<string | null> => {
    if (!model || !data || !mapping || !run) return null;
    return attempt("saving", async (signal) => {
      const { datasets } = await client.fetchQuery(datasetsQuery(address.model));
      const { sha256 } = data.facts;
      if (!datasets.some((dataset) => dataset.sha256 === sha256)) {
        await uploadDataset(
          { model: address.model, sha256 },
          { file: data.file, label: mapping.label },
          { onProgress: () => {}, signal },
        );
        await client.invalidateQueries({ queryKey: datasetsQuery(address.model).queryKey });
      }
      for (const hash of [...model.facts.files.map((file) => file.sha256), run.outcome.sha256]) {
        await sendFile(address, hash, await engine.current!.call("bytesOf", [hash]), signal);
      }
      await keepMapping(address, mapping);
      const saved = await saveEvaluation(address, {
        dataset: sha256,
        format: model.facts.format,
        model_files: model.facts.files,
        mapping,
        backend: run.backend,
        report: run.report,
        outcome: run.outcome.sha256,
      });
      await client.invalidateQueries({ queryKey: evaluationsQuery(address).queryKey });
      return saved.evaluation_id;
    });
  };

  return {
    ...{ model, data, mapping, preview, run, compared, repeated, doing, share, failure },
    ...{ loadRegistered, loadDataset, start, repeat, evaluateAt, compareWith, save },
    loadModel: (files: GivenFile[], name: string) => loadModel(files, name),
    loadFile: (file: File) => holdData(file, null),
    changeMapping: (next: InputMapping) => {
      setMapping(next);
      forgetRun();
      void showPreview(next);
    },
    rowsAt: (rows: number[]) => engine.current!.call("rowsAt", [rows]),
    cancel: () => cancel.current?.abort(),
  };
}

async function fetchBlob(url: string, signal: AbortSignal): Promise<Blob> {
  const reply = await fetch(url, { signal });
  if (reply.ok) return reply.blob();
  const { error } = (await reply.json().catch(() => ({}))) as { error?: { code: string; message: string } };
  throw new ApiError(error?.message ?? `The server answered ${reply.status} without saying why.`, {
    code: error?.code ?? "internal",
    status: reply.status,
  });
}
