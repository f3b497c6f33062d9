import { z } from "zod";
import { TidemarkError } from "@/lib/errors";
import type { Outcomes } from "./input";

const Header = z.object({
  format: z.literal("tidemark-outcome/1"),
  task: z.enum(["binary", "multiclass", "regression"]),
  n: z.number().int().min(0).max(100_000_000),
  /** Scores a row; 0 = none. */
  width: z.number().int().min(0).max(1000),
  predictions: z.boolean(),
  classes: z.array(z.string()).optional(),
  positive: z.number().int().min(0).optional(),
  threshold: z.number().optional(),
});
type Header = z.output<typeof Header>;

/** A longer first line than a thousand classes make is no header. */
const LONGEST_HEADER = 2_000_000;

/**
 * Labels, scores and predictions row by row, in the dataset's order: one line of JSON (format, task, n, width,
 * predictions, classes, positive, threshold), then little-endian doubles: n labels, n × width scores and, where the line
 * says so, n predictions. Missing: NaN.
 */
export function encodeOutcome(outcomes: Outcomes): Uint8Array<ArrayBuffer> {
  const { task, labels } = outcomes;
  const scores = task === "regression" ? null : outcomes.scores;
  const predictions = outcomes.predictions ?? null;
  const header: Header = {
    format: "tidemark-outcome/1",
    task,
    n: labels.length,
    width: scores && labels.length > 0 ? scores.length / labels.length : 0,
    predictions: predictions !== null,
  };
  if (outcomes.task !== "regression") header.classes = [...outcomes.classes];
  if (outcomes.task !== "regression" && outcomes.positive !== undefined) header.positive = outcomes.positive;
  if (outcomes.task === "binary" && outcomes.threshold !== undefined) header.threshold = outcomes.threshold;
  const line = new TextEncoder().encode(`${JSON.stringify(header)}\n`);
  const parts = [labels, ...(scores ? [scores] : []), ...(predictions ? [predictions] : [])];
  const all = new Uint8Array(line.length + parts.reduce((sum, part) => sum + part.byteLength, 0));
  all.set(line);
  let at = line.length;
  for (const part of parts) {
    all.set(new Uint8Array(part.buffer, part.byteOffset, part.byteLength), at);
    at += part.byteLength;
  }
  return all;
}

/** @throws TidemarkError `bad_request` for bytes that are no outcome */
export function decodeOutcome(bytes: Uint8Array): Outcomes {
  const end = bytes.subarray(0, LONGEST_HEADER).indexOf(10);
  const header = end < 0 ? null : readHeader(bytes.subarray(0, end));
  if (!header) throw noOutcome("its first line is not the JSON of a tidemark-outcome/1");
  const { n, width } = header;
  const columns = 1 + width + (header.predictions ? 1 : 0);
  if (bytes.length - end - 1 !== n * columns * 8) {
    throw noOutcome(
      `${n} rows of ${columns} numbers take ${n * columns * 8} bytes after the first line, there are ${bytes.length - end - 1}`,
    );
  }
  // Copied, since a typed array wants to begin at a multiple of its width.
  const body = new Uint8Array(bytes.subarray(end + 1));
  const part = (from: number, count: number) =>
    new Float64Array(body.buffer, body.byteOffset + from * n * 8, count * n);
  const labels = part(0, 1);
  const scores = width > 0 ? part(1, width) : null;
  const predictions = header.predictions ? part(1 + width, 1) : null;
  return asOutcomes(header, { labels, scores, predictions });
}

function asOutcomes(
  { task, classes, positive, threshold, width }: Header,
  {
    labels,
    scores,
    predictions,
  }: { labels: Float64Array; scores: Float64Array | null; predictions: Float64Array | null },
): Outcomes {
  if (task === "regression") {
    if (!predictions) throw noOutcome("a regression without predictions");
    return { task, labels, predictions };
  }
  if (!classes || (!scores && !predictions)) throw noOutcome("neither scores nor predictions, or no classes");
  const given = predictions ? { predictions } : {};
  if (task === "binary") {
    if (classes.length !== 2 || positive === undefined || positive > 1 || width > 1) {
      throw noOutcome("a binary outcome has two classes, one of them positive, and one score a row");
    }
    return {
      task,
      classes,
      positive,
      labels,
      scores,
      ...given,
      ...(threshold === undefined ? {} : { threshold }),
    };
  }
  if (scores && width !== classes.length) {
    throw noOutcome(`${width} scores a row for ${classes.length} classes`);
  }
  return { task, classes, labels, scores, ...given, ...(positive === undefined ? {} : { positive }) };
}

function readHeader(line: Uint8Array): Header | null {
  try {
    return Header.parse(JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(line)));
  } catch {
    return null;
  }
}

const noOutcome = (why: string) =>
  new TidemarkError("bad_request", `the outcome cannot be read: ${why}: evaluate again and save anew`);
