import { spawn } from "node:child_process";
import path from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { defaultHeapMiB, pick } from "@/lib/baselines/child-reader";
import { type ErrorCode, TidemarkError } from "@/lib/errors";
import type { DatasetColumn, DatasetFormat } from "./schema";

/** A gigabyte of CSV takes about a minute; a file that takes longer is made to. */
const LONGEST_MS = 5 * 60_000;

export type Outline = { format: DatasetFormat; rows: number; columns: DatasetColumn[] };
export type FromOutliner =
  | { outline: Outline }
  | { refusal: { code: ErrorCode; message: string } }
  | { failure: string };

/**
 * Reads a file in a process of its own, so that a crafted one ends that process and not the server, and says what it is
 * made of.
 * @throws TidemarkError for a file that cannot be read, also where reading it has ended the process or takes too long
 */
export async function outlineInChild(
  name: string,
  bytes: AsyncIterable<Uint8Array>,
  { longestMs = LONGEST_MS, heapMiB = defaultHeapMiB() }: { longestMs?: number; heapMiB?: number } = {},
): Promise<Outline> {
  const child = spawn(
    process.execPath,
    [
      `--max-old-space-size=${heapMiB}`,
      "--import",
      "tsx",
      // Not bundled: the server is started in its folder, from its sources.
      path.join(/* turbopackIgnore: true */ process.cwd(), "lib", "datasets", "outline-process.ts"),
      name,
    ],
    {
      stdio: ["pipe", "ignore", "ignore", "ipc"],
      // Nothing of the server's settings: it needs neither the database nor keys.
      env: pick(process.env, ["PATH", "NODE_ENV", "TMPDIR", "TEMP", "SystemRoot"]),
    },
  );
  const answer = new Promise<FromOutliner>((resolve, reject) => {
    child.once("message", (message: FromOutliner) => resolve(message));
    child.once("error", reject);
    child.once("exit", () => reject(ended(name, `in ${heapMiB} MiB of memory`)));
  });
  const timer = setTimeout(() => child.kill("SIGKILL"), longestMs);
  child.stdin!.on("error", () => {});
  try {
    // A source that breaks off is told; where the child closes its end, its answer says why.
    const sent = pipeline(Readable.from(bytes, { objectMode: false }), child.stdin!).catch((error) => {
      if ((error as NodeJS.ErrnoException).code !== "EPIPE") throw error;
    });
    const [message] = await Promise.all([answer, sent.then(() => answer)]);
    if ("outline" in message) return message.outline;
    if ("refusal" in message) throw new TidemarkError(message.refusal.code, message.refusal.message);
    throw new Error(message.failure);
  } finally {
    clearTimeout(timer);
    child.kill("SIGKILL");
  }
}

const ended = (name: string, where: string) =>
  new TidemarkError(
    "bad_request",
    `${name}: it cannot be read ${where}, or took too long: it is damaged or too large; write it anew, or take a random sample of its rows`,
  );
