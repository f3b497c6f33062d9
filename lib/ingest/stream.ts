import type { ErrorCode } from "@/lib/errors";
import { isTooDeep, MAX_JSON_DEPTH } from "@/lib/http/json-depth";
import { show } from "@/lib/predictions/parse";
import type { Rejection } from "@/lib/predictions/schema";
import { type Line, LONGEST_LINE_BYTES, splitLines } from "./lines";
import { MOST_REJECTIONS } from "./predictions";

const ROWS_PER_CHUNK = 1000;

type Receipt = { rejected: Rejection[]; rejected_total?: number | undefined };

/**
 * Stores a stream of NDJSON, a row a line, in chunks of 1,000 with one chunk under way: memory does not grow with the
 * stream, and a slow store slows the sender down. Each chunk is committed by itself; a stream that breaks off can be
 * sent again from the start.
 * @param record stores rows that start at `index` and answers for them
 * @param room waits until the store has caught up
 * @returns the sum of the answers
 */
export async function recordStream<Answer extends Receipt>(
  stream: AsyncIterable<Uint8Array>,
  {
    record,
    room,
    add,
  }: {
    record(rows: unknown[], index: number): Promise<Answer>;
    room(): Promise<void>;
    add(total: Answer, next: Answer): Answer;
  },
): Promise<Answer> {
  let total = await record([], 0);
  let rows: unknown[] = [];
  let unreadable: Rejection[] = [];
  let index = 0;
  let underway: Promise<Answer> | null = null;

  const settle = async () => {
    if (!underway) return;
    const next = await underway;
    underway = null;
    total = addRejections(add(total, next), total, next);
  };
  const flush = async () => {
    await settle();
    if (index === 0) return;
    await room();
    const first = index - rows.length;
    const chunk = rows;
    const broken = unreadable;
    underway = patiently(() => record(chunk, first)).then((answer) => withRejections(answer, broken));
    // Awaited by the next settle; a failure must not count as unhandled until then.
    underway.catch(() => {});
    rows = [];
    unreadable = [];
  };

  // A stream that was let in is slowed down, never refused half-way.
  const patiently = async (write: () => Promise<Answer>): Promise<Answer> => {
    for (;;) {
      try {
        return await write();
      } catch (error) {
        // By shape: the gate may come from another of the bundles that Next makes of one module.
        if ((error as { code?: unknown }).code !== ("overloaded" satisfies ErrorCode)) throw error;
        await room();
      }
    }
  };

  for await (const line of splitLines(stream)) {
    const row = readLine(line);
    if ("value" in row) rows.push(row.value);
    else {
      unreadable.push({ index, id: null, error: row.error });
      // Keeps each row's place: what cannot be read is a row that says so.
      rows.push(UNREADABLE);
    }
    index++;
    if (rows.length >= ROWS_PER_CHUNK) await flush();
  }
  await flush();
  await settle();
  return total;
}

/** Stands in a chunk for a line that could not be read; its own rejection replaces the schema's. */
const UNREADABLE = null;

function readLine(line: Line): { value: unknown } | { error: string } {
  if ("tooLong" in line) {
    return { error: `the line is longer than ${LONGEST_LINE_BYTES} bytes: send one row a line` };
  }
  if ("notUtf8" in line) return { error: "the line is not UTF-8: encode it as UTF-8" };
  if (isTooDeep(Buffer.from(line.text))) {
    return { error: `the line is nested more than ${MAX_JSON_DEPTH} levels deep: send a flatter one` };
  }
  try {
    return { value: JSON.parse(line.text) };
  } catch {
    return { error: `the line is not JSON: ${show(line.text)}` };
  }
}

function withRejections<Answer extends Receipt>(answer: Answer, unreadable: readonly Rejection[]): Answer {
  if (unreadable.length === 0) return answer;
  const better = new Map(unreadable.map((rejection) => [rejection.index, rejection]));
  return {
    ...answer,
    rejected: answer.rejected.map((rejection) => better.get(rejection.index) ?? rejection),
  };
}

function addRejections<Answer extends Receipt>(sum: Answer, total: Receipt, next: Receipt): Answer {
  const count = (receipt: Receipt) => receipt.rejected_total ?? receipt.rejected.length;
  const all = count(total) + count(next);
  const rejected = [...total.rejected, ...next.rejected].slice(0, MOST_REJECTIONS);
  return { ...sum, rejected, ...(all > rejected.length ? { rejected_total: all } : {}) };
}
