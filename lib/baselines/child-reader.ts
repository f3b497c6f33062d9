import { type ChildProcess, spawn } from "node:child_process";
import os from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { type ErrorCode, TidemarkError } from "@/lib/errors";
import type { VersionRecord } from "@/lib/models/store";
import type { FileKind, Outline, Placement } from "./draft";
import type { HeldColumns } from "./held-columns";
import type { ReadFile } from "./reader";

/** The child says each second that it lives. One that is silent for so long is caught in a loop. */
const STALL_MS = 30_000;
const MIB = 1024 * 1024;

/** What the child is asked for, and by which name. */
export type Calls = {
  read: (record: VersionRecord, kind: FileKind) => Promise<Outline>;
  place: (placements: readonly Placement[]) => Promise<void>;
} & Pick<HeldColumns, "describe" | "piece" | "measure" | "classScores">;

export type Ask = { id: number; name: keyof Calls; args: unknown[] };
export type Reply =
  | { id: number; value: unknown }
  | { id: number; refusal: { code: ErrorCode; message: string; details: unknown[] } }
  | { id: number; failure: string };
/** A message without an id is a sign of life. */
export type FromChild = Reply | { id: null };

type Waiting = { resolve: (value: never) => void; reject: (error: Error) => void };
type Options = { stallMs?: number; heapMiB?: number };

/** A file that is read, held and binned in a process of its own. */
export class ChildReader implements ReadFile {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, Waiting>();
  readonly #heapMiB: number;
  readonly #kind: FileKind;
  #ids = 0;
  #heardAt = Date.now();
  #ended: Error | null = null;
  readonly #watch: NodeJS.Timeout;
  outline!: Outline;

  private constructor(kind: FileKind, { stallMs = STALL_MS, heapMiB = defaultHeapMiB() }: Options) {
    this.#kind = kind;
    this.#heapMiB = heapMiB;
    this.#child = spawn(
      process.execPath,
      [
        `--max-old-space-size=${heapMiB}`,
        "--import",
        "tsx",
        // Not bundled: the server is started in its folder, from its sources.
        path.join(/* turbopackIgnore: true */ process.cwd(), "lib", "baselines", "reader-process.ts"),
      ],
      {
        stdio: ["pipe", "ignore", "ignore", "ipc"],
        serialization: "advanced",
        // Nothing of the server's settings: it needs neither the database nor keys.
        env: pick(process.env, ["PATH", "NODE_ENV", "TMPDIR", "TEMP", "SystemRoot"]),
      },
    );
    this.#child.on("message", (message: FromChild) => this.#hear(message));
    this.#child.once("error", (error) => this.#end(error));
    this.#child.once("exit", () => this.#end(this.#gone()));
    this.#child.stdin!.on("error", () => {});
    this.#watch = setInterval(
      () => {
        if (Date.now() - this.#heardAt < stallMs) return;
        this.#end(
          new TidemarkError(
            "bad_request",
            `reading the file came to a halt for ${Math.round(stallMs / 1000)} seconds, so it was given up: it is damaged; write it anew, or send CSV`,
          ),
        );
      },
      Math.min(1000, stallMs / 4),
    );
    this.#watch.unref();
  }

  /** @throws TidemarkError for a file that cannot be read, also where reading it has ended the process */
  static async read(
    record: VersionRecord,
    kind: FileKind,
    bytes: AsyncIterable<Uint8Array>,
    options: Options = {},
  ): Promise<ChildReader> {
    const reader = new ChildReader(kind, options);
    try {
      const outline = reader.#ask("read", record, kind);
      // A source that breaks off is told; where the child closes its end, its answer says why.
      const sent = pipeline(Readable.from(bytes, { objectMode: false }), reader.#child.stdin!).catch(
        (error) => {
          if ((error as NodeJS.ErrnoException).code !== "EPIPE" && !reader.#ended) throw error;
        },
      );
      reader.outline = await Promise.race([outline, sent.then(() => outline)]);
      return reader;
    } catch (error) {
      reader.close();
      throw error;
    }
  }

  async place(placements: readonly Placement[]) {
    await this.#ask("place", placements);
    return {
      describe: (...args: Parameters<Calls["describe"]>) => this.#ask("describe", ...args),
      piece: (...args: Parameters<Calls["piece"]>) => this.#ask("piece", ...args),
      measure: (...args: Parameters<Calls["measure"]>) => this.#ask("measure", ...args),
      classScores: () => this.#ask("classScores"),
    };
  }

  close(): void {
    this.#end(new Error("the reader was closed"));
  }

  #ask<Name extends keyof Calls>(name: Name, ...args: Parameters<Calls[Name]>): ReturnType<Calls[Name]> {
    const answer = new Promise((resolve, reject) => {
      if (this.#ended) return reject(this.#ended);
      const id = ++this.#ids;
      this.#waiting.set(id, { resolve, reject });
      this.#child.send({ id, name, args } satisfies Ask, (error) => {
        if (error) this.#end(this.#gone());
      });
    });
    // Whoever gives up early no longer looks.
    answer.catch(() => {});
    return answer as ReturnType<Calls[Name]>;
  }

  #hear(message: FromChild): void {
    this.#heardAt = Date.now();
    if (message.id === null) return;
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if ("refusal" in message) {
      const { code, message: text, details } = message.refusal;
      waiting?.reject(new TidemarkError(code, text, { details }));
    } else if ("failure" in message) waiting?.reject(new Error(message.failure));
    else waiting?.resolve(message.value as never);
  }

  #end(reason: Error): void {
    if (this.#ended) return;
    this.#ended = reason;
    clearInterval(this.#watch);
    this.#child.kill("SIGKILL");
    for (const { reject } of this.#waiting.values()) reject(reason);
    this.#waiting.clear();
  }

  #gone(): TidemarkError {
    return new TidemarkError(
      "bad_request",
      this.#kind === "parquet"
        ? `the file cannot be read as Parquet in ${this.#heapMiB} MiB of memory: it is damaged or too large; write it anew, send a random sample of some 100,000 rows, or send CSV, which is read row by row`
        : `the file cannot be read in ${this.#heapMiB} MiB of memory: send a random sample, some 100,000 rows make bins as good as any`,
    );
  }
}

/** A third of the machine, or of what its container may have. Numbers are held outside of the heap. */
export function defaultHeapMiB(): number {
  const whole = Math.min(os.totalmem(), process.constrainedMemory?.() || Number.POSITIVE_INFINITY);
  return Math.max(256, Math.min(2048, Math.floor(whole / MIB / 3)));
}

export function pick(from: NodeJS.ProcessEnv, names: readonly string[]): NodeJS.ProcessEnv {
  return Object.fromEntries(names.map((name) => [name, from[name]])) as NodeJS.ProcessEnv;
}
