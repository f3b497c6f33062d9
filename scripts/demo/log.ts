import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { TidemarkClient } from "@/lib/client/client";
import type { TidemarkError } from "@/lib/client/send";
import type { Row } from "@/lib/client/wire";
import { isoOf, minuteOf } from "./flight-table";
import { type Flight, Flights, JANUARY, LOGGED, MODEL } from "./flights";
import type { DemoVersion } from "./model-file";
import { isBaseline, isReported, passesOf, reportedAt } from "./sample";
import { loadScorer, type Scorer } from "./score";

/** Version 2 runs as a shadow from here on: it predicts the same flights, so that their labels score both. */
const SHADOW_FROM = minuteOf("2001-04-01");
const BATCH = 1_000;

export interface Progress {
  phase: string;
  /** Predictions and labels that the server has answered for. */
  rows: number;
  rowsPerSecond: number;
}

export interface Load {
  url: string;
  apiKey: string;
  /** All three million flights instead of every twelfth. */
  full: boolean;
  /** Stops between two batches. Nothing is lost: a later run logs the same rows under the same ids. */
  signal?: AbortSignal;
  onProgress?: (progress: Progress) => void;
  /** The whole range is there, thinly. */
  onFirstLook?: () => void;
}

export interface Loaded {
  predictions: number;
  labels: number;
  /** Labels that have not been reported by the end of June. */
  unreported: number;
  duplicates: number;
  seconds: number;
}

/**
 * Logs February to June through the HTTP API as a serving system would: the baseline of each version, then
 * predictions in order of departure, and each label when its flight has been reported.
 *
 * @throws TidemarkError when the server refuses; Error when it rejects a row, with the reason of the first one
 */
export async function loadDemo(load: Load): Promise<Loaded> {
  const start = performance.now();
  const progress = new ProgressLine(load);
  progress.phase = "reading 3,000,000 flights";
  progress.tell();
  const flights = await Flights.read();
  const [v1, v2] = [await Logger.open("1", load), await Logger.open("2", load)];
  const loggers = [v1, v2];
  progress.loggers = loggers;

  for (const logger of loggers) {
    progress.phase = `baseline of version ${logger.version}`;
    progress.tell();
    await logger.putBaseline([...flights.stream(JANUARY, isBaseline)]);
  }
  let unreported = 0;
  for (const [nth, pass] of passesOf(load.full).entries()) {
    progress.phase = pass.name;
    let landed: Flight[] = [];
    for (const batch of batches(flights.stream(LOGGED, pass.takes))) {
      load.signal?.throwIfAborted();
      const now = batch.at(-1)!.departure;
      await v1.predict(batch);
      await v2.predict(batch.filter(({ departure }) => departure >= SHADOW_FROM));
      landed.push(...batch);
      await v1.label(landed.filter((flight) => reportedAt(flight) < now));
      landed = landed.filter((flight) => reportedAt(flight) >= now);
      progress.tell();
    }
    await v1.label(landed.filter(isReported));
    unreported += landed.filter((flight) => !isReported(flight)).length;
    for (const logger of loggers) await logger.flush();
    progress.tell();
    if (nth === 0) load.onFirstLook?.();
  }
  for (const logger of loggers) await logger.client.close();
  return {
    predictions: v1.predictions + v2.predictions,
    labels: v1.labels,
    unreported,
    duplicates: v1.client.counts.duplicates + v2.client.counts.duplicates,
    seconds: (performance.now() - start) / 1000,
  };
}

/** One version as it serves: scores, logs, and stops at the first row that the server does not take. */
class Logger {
  predictions = 0;
  labels = 0;
  #rejected: string | null = null;

  private constructor(
    readonly version: DemoVersion,
    readonly scorer: Scorer,
    readonly client: TidemarkClient,
  ) {}

  static async open(version: DemoVersion, { url, apiKey }: Load): Promise<Logger> {
    const client = new TidemarkClient({
      url,
      apiKey,
      model: MODEL,
      version,
      batchSize: BATCH,
      // the loader may be stopped at any row and sends the same rows again, so nothing needs saving at exit
      flushOnExit: false,
      onRejected: (row, error) => logger.#reject(row, error),
      onFailed: (_rows: Row[], _error: TidemarkError) => {},
    });
    const logger = new Logger(version, await loadScorer(version), client);
    return logger;
  }

  async putBaseline(sample: Flight[]): Promise<void> {
    const scored = this.scorer.score(sample);
    const lines = sample.map(({ features: f, label }, i) =>
      [
        f.departure_hour,
        f.distance,
        f.origin,
        f.destination,
        f.recent_delay_at_origin ?? "",
        scored[i]!.prediction,
        scored[i]!.score,
        label,
      ].join(","),
    );
    const head = "departure_hour,distance,origin,destination,recent_delay_at_origin,prediction,score,label";
    await this.client.putBaseline(`${head}\n${lines.join("\n")}\n`, "csv");
  }

  async predict(batch: Flight[]): Promise<void> {
    const scored = this.scorer.score(batch);
    for (const [i, { id, departure, features, region }] of batch.entries()) {
      const timestamp = isoOf(departure);
      await this.client.log({ id, timestamp, features: { ...features }, ...scored[i]!, segment: { region } });
    }
    this.predictions += batch.length;
    await this.#stopIfBroken();
  }

  async label(flights: Flight[]): Promise<void> {
    for (const { id, landing, label } of flights)
      await this.client.label({ id, label, timestamp: isoOf(landing) });
    this.labels += flights.length;
    await this.#stopIfBroken();
  }

  async flush(): Promise<void> {
    await this.client.flush();
    await this.#stopIfBroken();
  }

  #reject(row: Row, error: string): void {
    this.#rejected ??= `${row.id}: ${error}`;
  }

  async #stopIfBroken(): Promise<void> {
    if (this.client.counts.failed > 0) await this.client.flush();
    if (this.#rejected) throw new Error(`the server rejected ${this.#rejected}`);
  }
}

class ProgressLine {
  phase = "";
  loggers: Logger[] = [];
  readonly #start = performance.now();
  #rowsBefore = 0;
  #timeBefore = this.#start;
  #rate = 0;

  constructor(private readonly load: Load) {}

  tell(): void {
    const rows = this.loggers.reduce(
      (sum, { predictions, labels, client }) => sum + predictions + labels - client.pending,
      0,
    );
    const now = performance.now();
    if (now - this.#timeBefore > 1_000) {
      this.#rate = (1_000 * (rows - this.#rowsBefore)) / (now - this.#timeBefore);
      [this.#rowsBefore, this.#timeBefore] = [rows, now];
    }
    this.load.onProgress?.({ phase: this.phase, rows, rowsPerSecond: Math.round(this.#rate) });
  }
}

function* batches(flights: Iterable<Flight>): Generator<Flight[]> {
  let batch: Flight[] = [];
  for (const flight of flights) {
    if (batch.push(flight) < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** The progress as one line that overwrites itself on a terminal, and as a line every few seconds in a log file. */
export function progressPrinter(): (progress: Progress) => void {
  let printedAt = 0;
  let printedPhase = "";
  return ({ phase, rows, rowsPerSecond }) => {
    const now = Date.now();
    if (now - printedAt < (process.stdout.isTTY ? 200 : 5_000) && phase === printedPhase) return;
    [printedAt, printedPhase] = [now, phase];
    const rate = rowsPerSecond > 0 ? `, ${rowsPerSecond.toLocaleString("en")} rows/s` : "";
    const line = rows > 0 ? `${phase}: ${rows.toLocaleString("en")} rows${rate}` : phase;
    process.stdout.write(process.stdout.isTTY ? `\r\x1b[2K  ${line}` : `  ${line}\n`);
  };
}

export function summaryOf({ predictions, labels, unreported, duplicates, seconds }: Loaded): string {
  const n = (value: number) => value.toLocaleString("en");
  const again = duplicates > 0 ? ` (${n(duplicates)} of them were there already)` : "";
  return `${n(predictions)} predictions${again} and ${n(labels)} labels in ${seconds.toFixed(0)} s; ${n(unreported)} flights of 29 and 30 June are not reported yet`;
}

/** `tsx scripts/demo/log.ts --url … --key … [--full]`: loads the flights into a Tidemark that runs already. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { url: { type: "string" }, key: { type: "string" }, full: { type: "boolean", default: false } },
  });
  const { url = "http://127.0.0.1:3000", key = process.env.TIDEMARK_API_KEY } = values;
  if (!key) throw new Error("an API key is needed: --key … or TIDEMARK_API_KEY");
  const loaded = await loadDemo({ url, apiKey: key, full: values.full, onProgress: progressPrinter() });
  console.log(`\n${summaryOf(loaded)}`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  await main().catch((error: Error) => {
    console.error(`\n${error.message}`);
    process.exitCode = 1;
  });
}
