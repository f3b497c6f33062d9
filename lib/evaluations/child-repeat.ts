import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { TidemarkError } from "@/lib/errors";
import type { Evidence, Judgement } from "./judge";

export type ToRepeat = Evidence;
export type FromRepeat = { judgement: Judgement } | { refusal: string } | { failure: string };

export type RepeatLimits = {
  /** From start to answer. */
  timeMs: number;
  /** Of JavaScript's objects; typed arrays and WebAssembly lie outside of it. */
  heapMiB: number;
  /** All memory of the process, where /proc tells it. */
  residentMiB: number;
};

export const REPEAT_LIMITS: RepeatLimits = { timeMs: 10 * 60_000, heapMiB: 1024, residentMiB: 4096 };

const WATCH_MS = 250;
/** Linux counts memory in pages of so many bytes on the machines that Node runs on. */
const PAGE_BYTES = 4096;

/**
 * Repeats an evaluation in a process of its own, which knows neither database nor keys and is ended at its limits.
 * @throws TidemarkError for a model or data that it refuses, and at a limit; the signal's reason when it is aborted
 */
export function repeatInChild(
  evidence: Evidence,
  { limits = REPEAT_LIMITS, signal }: { limits?: RepeatLimits; signal?: AbortSignal } = {},
): Promise<Judgement> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const child = spawn(
      process.execPath,
      [
        `--max-old-space-size=${limits.heapMiB}`,
        "--import",
        "tsx",
        // Not bundled: the server is started in its folder, from its sources.
        path.join(/* turbopackIgnore: true */ process.cwd(), "lib", "evaluations", "repeat-process.ts"),
      ],
      {
        stdio: ["ignore", "ignore", "ignore", "ipc"],
        serialization: "advanced",
        env: pick(process.env, ["PATH", "NODE_ENV", "TMPDIR", "TEMP", "SystemRoot"]),
      },
    );
    const end = (settle: () => void) => {
      clearTimeout(timer);
      clearInterval(watch);
      signal?.removeEventListener("abort", onAbort);
      child.kill("SIGKILL");
      settle();
    };
    const refuse = (message: string) => end(() => reject(new TidemarkError("bad_request", message)));
    const onAbort = () => end(() => reject(signal!.reason as Error));
    signal?.addEventListener("abort", onAbort);
    const timer = setTimeout(
      () =>
        refuse(
          `repeating took longer than ${Math.round(limits.timeMs / 1000)} seconds and was given up: evaluate a smaller sample`,
        ),
      limits.timeMs,
    );
    const watch = setInterval(async () => {
      const resident = await residentMiB(child.pid);
      if (resident > limits.residentMiB) {
        refuse(
          `repeating took more than ${limits.residentMiB} MiB of memory and was given up: evaluate a smaller sample`,
        );
      }
    }, WATCH_MS);
    child.once("message", (message: FromRepeat) => {
      if ("judgement" in message) end(() => resolve(message.judgement));
      else if ("refusal" in message) refuse(message.refusal);
      else end(() => reject(new Error(message.failure)));
    });
    child.once("error", (error) => end(() => reject(error)));
    child.once("exit", () =>
      refuse(
        `the process that repeated it ended by itself: it may have run out of its ${limits.heapMiB} MiB of heap; evaluate a smaller sample`,
      ),
    );
    child.send(evidence, (error) => {
      if (error) end(() => reject(error));
    });
  });
}

/** 0 where it is not told: beside Linux only time and heap are limited. */
async function residentMiB(pid: number | undefined): Promise<number> {
  const told = await readFile(`/proc/${pid}/statm`, "utf8").catch(() => "0 0");
  return (Number(told.split(" ")[1]) * PAGE_BYTES) / 1024 / 1024;
}

function pick(from: NodeJS.ProcessEnv, names: readonly string[]): NodeJS.ProcessEnv {
  return Object.fromEntries(names.map((name) => [name, from[name]])) as NodeJS.ProcessEnv;
}
