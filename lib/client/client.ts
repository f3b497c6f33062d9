import { flushBeforeExit, forget } from "./exit";
import { type Request, type Retry, send, TidemarkError } from "./send";
import { uuidv7 } from "./uuidv7";
import type { BaselineReply, Features, Label, Prediction, Reply, Row } from "./wire";

export interface TidemarkClientOptions {
  /** Where Tidemark answers, such as `http://127.0.0.1:3000`. */
  url: string;
  apiKey: string;
  /** The model's name. It is created on first sight. */
  model: string;
  /** The version that makes the predictions: a client logs for one. */
  version: string;
  /** Rows in a request. Default 1,000. */
  batchSize?: number;
  /** A row waits at most this long for others to travel with, in milliseconds. Default 1,000. */
  maxDelayMs?: number;
  /**
   * Rows that may wait to be sent. Default 10,000. When it is reached, `log` and `label` wait until the server
   * has taken some: memory stays bounded and nothing is dropped.
   */
  maxBuffered?: number;
  /** Default: 120 s in all; waits from 0.2 s, doubling, to 10 s, with full jitter. */
  retry?: Partial<Retry>;
  /** One attempt may take this long, in milliseconds. Default 30,000. */
  timeoutMs?: number;
  /** Compress bodies. Default `false`: it costs more time than it saves on the same machine or network. */
  gzip?: boolean;
  /** Flush before the process exits, on SIGTERM and SIGINT, and when the page is hidden. Default `true`. */
  flushOnExit?: boolean;
  /** A row that the server did not take, and why. Without it, one warning per batch goes to the console. */
  onRejected?: (row: Row, error: string) => void;
  /** Rows of a request that was refused or given up, and why. Without it, a warning goes to the console. */
  onFailed?: (rows: Row[], error: TidemarkError) => void;
  /** Default: the global `fetch`. */
  fetch?: typeof fetch;
}

/** What became of the rows so far. */
export interface Counts {
  accepted: number;
  /** Predictions that the server already had. */
  duplicates: number;
  /** Of the accepted, labels whose prediction the server does not have yet: it keeps them. */
  unmatched: number;
  rejected: number;
  /** Rows of requests that were refused or given up. */
  failed: number;
}

const KINDS = ["prediction", "label"] as const;
type Kind = (typeof KINDS)[number];
const ROUTE = {
  prediction: { path: "/api/v1/predictions", list: "predictions" },
  label: { path: "/api/v1/ground-truth", list: "labels" },
} as const;
const BASELINE_TYPE = {
  csv: "text/csv",
  ndjson: "application/x-ndjson",
  parquet: "application/vnd.apache.parquet",
};

/** A row as the JSON it will be sent as: later changes to the caller's object, or a retry, cannot alter it. */
interface Waiting {
  json: string;
  since: number;
}

/** Keeps a request below usual body limits when rows are large; a row of 20 features is about 600 bytes. */
const MAX_BATCH_CHARS = 2_000_000;

/** The server reads and bins the whole file before it answers. */
const LONGEST_BASELINE_MS = 180_000;

/**
 * Logs predictions and labels to Tidemark in batches.
 *
 * Rows of a kind arrive in the order of the calls, one request at a time. A row gets its id and timestamp when
 * it is logged and is sent with these however often it takes: after a lost answer nothing is counted twice.
 *
 * @typeParam F the model's features; an interface of your own makes a misspelt name a compile error
 *
 * @example
 * const client = new TidemarkClient({ url, apiKey, model: "flight-delay", version: "2" });
 * const id = await client.log({ features: { distance: 1797, origin: "LAX" }, prediction: "late", score: 0.83 });
 * await client.label({ id, label: "on_time" });
 * await client.close();
 */
export class TidemarkClient<F = Features> {
  readonly #options: Required<Omit<TidemarkClientOptions, "onRejected" | "onFailed" | "retry">> & {
    retry: Retry;
  };
  readonly #onRejected: TidemarkClientOptions["onRejected"];
  readonly #onFailed: TidemarkClientOptions["onFailed"];
  readonly #waiting: Record<Kind, Waiting[]> = { prediction: [], label: [] };
  /** Rows ever taken, and rows of these whose fate is known: what lies between is pending. */
  readonly #taken: Record<Kind, number> = { prediction: 0, label: 0 };
  readonly #settled: Record<Kind, number> = { prediction: 0, label: 0 };
  readonly #counts: Counts = { accepted: 0, duplicates: 0, unmatched: 0, rejected: 0, failed: 0 };
  #waitingForRoom: (() => void)[] = [];
  #pumping: Promise<void> | null = null;
  #flushing = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #firstError: TidemarkError | null = null;
  #closed = false;

  constructor(options: TidemarkClientOptions) {
    this.#onRejected = options.onRejected;
    this.#onFailed = options.onFailed;
    this.#options = {
      url: options.url.replace(/\/+$/, ""),
      apiKey: options.apiKey,
      model: options.model,
      version: options.version,
      batchSize: options.batchSize ?? 1_000,
      maxDelayMs: options.maxDelayMs ?? 1_000,
      maxBuffered: options.maxBuffered ?? 10_000,
      timeoutMs: options.timeoutMs ?? 30_000,
      gzip: options.gzip ?? false,
      flushOnExit: options.flushOnExit ?? true,
      fetch: options.fetch ?? ((input, init) => fetch(input, init)),
      retry: { forMs: 120_000, baseMs: 200, maxMs: 10_000, ...options.retry },
    };
    if (this.#options.flushOnExit) flushBeforeExit(this);
  }

  /** Rows whose fate is not known yet: waiting, or under way. */
  get pending(): number {
    const { prediction, label } = this.#taken;
    return prediction + label - this.#settled.prediction - this.#settled.label;
  }

  /** What became of the rows so far. */
  get counts(): Readonly<Counts> {
    return { ...this.#counts };
  }

  /**
   * Takes a prediction. Resolves with its id as soon as it is buffered, which is at once unless `maxBuffered`
   * rows wait already.
   *
   * @throws TypeError when the row cannot be written as JSON; Error when the client is closed
   */
  async log(prediction: Prediction<F>): Promise<string> {
    const id = prediction.id ?? uuidv7();
    await this.#add("prediction", { ...prediction, id, timestamp: timestampOf(prediction.timestamp) });
    return id;
  }

  /** Takes what really happened to the prediction of the same id, whichever version made it. Waits like `log`. */
  async label(label: Label): Promise<void> {
    await this.#add("label", { ...label, timestamp: timestampOf(label.timestamp) });
  }

  /**
   * Replaces the version's baseline, the sample that drift is measured against. Columns are the features and,
   * if present, `prediction`, `score` and `label`.
   */
  async putBaseline(file: string | Uint8Array, format: keyof typeof BASELINE_TYPE): Promise<BaselineReply> {
    const { model, version } = this.#options;
    const path = `/api/v1/models/${encodeURIComponent(model)}/versions/${encodeURIComponent(version)}/baseline`;
    return (await this.#send("PUT", path, BASELINE_TYPE[format], file, LONGEST_BASELINE_MS)) as BaselineReply;
  }

  /**
   * Sends everything that was logged before the call, without waiting for full batches.
   *
   * @throws TidemarkError the first one since the last flush, when rows were refused as a whole or given up
   */
  async flush(): Promise<void> {
    const { prediction, label } = this.#taken;
    this.#flushing += 1;
    try {
      while (this.#settled.prediction < prediction || this.#settled.label < label) await this.#pump();
    } finally {
      this.#flushing -= 1;
    }
    const error = this.#firstError;
    this.#firstError = null;
    if (error) throw error;
  }

  /** Flushes, and takes no more rows. Throws as `flush` does. */
  async close(): Promise<void> {
    this.#closed = true;
    try {
      await this.flush();
    } finally {
      clearTimeout(this.#timer);
      forget(this);
    }
  }

  get #buffered(): number {
    return this.#waiting.prediction.length + this.#waiting.label.length;
  }

  async #add(kind: Kind, row: object): Promise<void> {
    if (this.#closed) throw new Error("the client is closed: log before close(), or make a new client");
    const json = JSON.stringify(row);
    this.#taken[kind] += 1;
    while (this.#buffered >= this.#options.maxBuffered) {
      await new Promise<void>((resolve) => this.#waitingForRoom.push(resolve));
    }
    this.#waiting[kind].push({ json, since: Date.now() });
    if (this.#isDue(kind)) void this.#pump();
    else this.#wakeLater();
  }

  #isDue(kind: Kind): boolean {
    const rows = this.#waiting[kind];
    const oldest = rows[0];
    if (!oldest) return false;
    const { batchSize, maxDelayMs, maxBuffered } = this.#options;
    return (
      this.#flushing > 0 ||
      rows.length >= batchSize ||
      this.#buffered >= maxBuffered ||
      Date.now() - oldest.since >= maxDelayMs
    );
  }

  /** The kind whose oldest row has waited longest, so that a label rarely overtakes its prediction. */
  #nextDue(): Kind | null {
    const due = KINDS.filter((kind) => this.#isDue(kind));
    if (due.length < 2) return due[0] ?? null;
    return this.#waiting.label[0]!.since < this.#waiting.prediction[0]!.since ? "label" : "prediction";
  }

  #pump(): Promise<void> {
    this.#pumping ??= this.#sendAllDue().finally(() => {
      this.#pumping = null;
      if (this.#nextDue()) void this.#pump();
      else this.#wakeLater();
    });
    return this.#pumping;
  }

  async #sendAllDue(): Promise<void> {
    for (let kind = this.#nextDue(); kind; kind = this.#nextDue()) {
      const rows = this.#takeBatch(kind);
      this.#letIn();
      await this.#sendBatch(kind, rows);
      this.#settled[kind] += rows.length;
    }
  }

  #takeBatch(kind: Kind): string[] {
    const waiting = this.#waiting[kind];
    let chars = 0;
    let end = 0;
    while (end < waiting.length && end < this.#options.batchSize) {
      chars += waiting[end]!.json.length;
      if (end > 0 && chars > MAX_BATCH_CHARS) break;
      end += 1;
    }
    return waiting.splice(0, end).map((row) => row.json);
  }

  #letIn(): void {
    const room = this.#options.maxBuffered - this.#buffered;
    for (const resolve of this.#waitingForRoom.splice(0, room)) resolve();
  }

  async #sendBatch(kind: Kind, rows: string[]): Promise<void> {
    const { model, version } = this.#options;
    const { path, list } = ROUTE[kind];
    const head = kind === "prediction" ? { model, version } : { model };
    const body = `${JSON.stringify(head).slice(0, -1)},"${list}":[${rows.join(",")}]}`;
    let reply: Reply;
    try {
      reply = replyOf(await this.#send("POST", path, "application/json", body, this.#options.timeoutMs));
    } catch (thrown) {
      this.#fail(rows, thrown);
      return;
    }
    this.#settle(rows, reply);
  }

  #send(
    method: Request["method"],
    path: string,
    contentType: string,
    body: string | Uint8Array,
    timeoutMs: number,
  ): Promise<unknown> {
    const { url, apiKey, gzip, retry, fetch } = this.#options;
    return send({ url: url + path, method, apiKey, contentType, body, gzip, timeoutMs, retry, fetch });
  }

  #settle(rows: string[], reply: Reply): void {
    this.#counts.accepted += reply.accepted;
    this.#counts.duplicates += reply.duplicates;
    this.#counts.unmatched += reply.unmatched;
    const rejected = reply.rejected_total ?? reply.rejected.length;
    this.#counts.rejected += rejected;
    const onRejected = this.#onRejected;
    if (onRejected) {
      for (const { index, error } of reply.rejected) tell(() => onRejected(parseRow(rows[index]!), error));
    } else if (reply.rejected[0]) {
      const { id, error } = reply.rejected[0];
      console.warn(`tidemark: ${rejected} of ${rows.length} rows rejected, such as ${id}: ${error}`);
    }
  }

  #fail(rows: string[], thrown: unknown): void {
    const error =
      thrown instanceof TidemarkError
        ? thrown
        : new TidemarkError(String(thrown), null, null, { cause: thrown });
    this.#counts.failed += rows.length;
    this.#firstError ??= error;
    const onFailed = this.#onFailed;
    if (onFailed) tell(() => onFailed(rows.map(parseRow), error));
    else console.warn(`tidemark: ${rows.length} rows not logged: ${error.message}`);
  }

  /** The timer alone does not keep a process alive: `beforeExit` sends what waits. */
  #wakeLater(): void {
    if (this.#timer !== undefined || this.#buffered === 0) return;
    const oldest = Math.min(
      ...KINDS.map((kind) => this.#waiting[kind][0]?.since ?? Number.POSITIVE_INFINITY),
    );
    const waitMs = Math.max(0, oldest + this.#options.maxDelayMs - Date.now());
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.#pump();
    }, waitMs);
    if (this.#options.flushOnExit && typeof this.#timer === "object") this.#timer.unref?.();
  }
}

/** A fault in the caller's callback must not stop the rows behind it. */
function tell(callback: () => void): void {
  try {
    callback();
  } catch (thrown) {
    console.warn("tidemark: a callback threw", thrown);
  }
}

function parseRow(json: string): Row {
  return JSON.parse(json) as Row;
}

function timestampOf(given: Date | string | undefined): string {
  if (typeof given === "string") return given;
  return (given ?? new Date()).toISOString();
}

function replyOf(value: unknown): Reply {
  const reply = value as Partial<Reply> | null;
  if (typeof reply?.accepted !== "number") {
    throw new TidemarkError(
      "the reply has no count of accepted rows: is this the URL of a Tidemark?",
      200,
      null,
    );
  }
  return {
    accepted: reply.accepted,
    duplicates: reply.duplicates ?? 0,
    unmatched: reply.unmatched ?? 0,
    rejected: reply.rejected ?? [],
    rejected_total: reply.rejected_total,
  };
}
