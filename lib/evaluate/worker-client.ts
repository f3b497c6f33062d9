import type { CallName, FromWorker, ToWorker, WorkerCalls } from "./worker-calls";

type Progress = (share: number, doing: "scoring" | "measuring") => void;
type Waiting = {
  resolve: (value: never) => void;
  reject: (error: Error) => void;
  onProgress: Progress | undefined;
};

/** A message for whoever chose the file; everything else that goes wrong is the program's. */
export class EngineRefusal extends Error {}

/** The page's end of the worker. A worker that dies (out of memory) is told, and the next call starts another. */
export class EngineClient {
  #worker: Worker | null = null;
  readonly #waiting = new Map<number, Waiting>();
  #ids = 0;

  /** Whether the worker has been started, and so may hold a model and data. */
  get isAlive(): boolean {
    return this.#worker !== null;
  }

  call<Name extends CallName>(
    name: Name,
    args: Parameters<WorkerCalls[Name]>,
    { signal, onProgress }: { signal?: AbortSignal; onProgress?: Progress } = {},
  ): ReturnType<WorkerCalls[Name]> {
    const answer = new Promise((resolve, reject) => {
      const id = ++this.#ids;
      this.#waiting.set(id, { resolve, reject, onProgress });
      const worker = this.#start();
      worker.postMessage({ id, name, args } satisfies ToWorker);
      signal?.addEventListener("abort", () => worker.postMessage({ cancel: id } satisfies ToWorker));
    });
    return answer as ReturnType<WorkerCalls[Name]>;
  }

  close(): void {
    this.#end(new EngineRefusal("the page was left"));
  }

  #start(): Worker {
    if (this.#worker) return this.#worker;
    const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
    worker.onmessage = ({ data }: MessageEvent<FromWorker>) => this.#hear(data);
    worker.onerror = (event) => {
      event.preventDefault();
      this.#end(
        new EngineRefusal(
          `the worker that evaluates ended (${event.message || "out of memory"}): load the files again, with fewer rows or a smaller model`,
        ),
      );
    };
    this.#worker = worker;
    return worker;
  }

  #hear(message: FromWorker): void {
    const waiting = this.#waiting.get(message.id);
    if ("progress" in message) {
      waiting?.onProgress?.(message.progress, message.doing);
      return;
    }
    this.#waiting.delete(message.id);
    if ("refusal" in message) waiting?.reject(new EngineRefusal(message.refusal));
    else if ("failure" in message) waiting?.reject(new Error(message.failure));
    else waiting?.resolve(message.value as never);
  }

  #end(reason: Error): void {
    this.#worker?.terminate();
    this.#worker = null;
    for (const { reject } of this.#waiting.values()) reject(reason);
    this.#waiting.clear();
  }
}
