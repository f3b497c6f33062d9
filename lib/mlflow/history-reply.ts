import type { PointColumns } from "@/lib/runs/schema";

/** Of the reply, encoded at a time: text that grows by a point is copied all at once when it ends. */
const POINTS_PER_PIECE = 1024;

/**
 * The reply of get-history, put together as text from the words of the store: objects of a hundred thousand points cost
 * more than their query, and so do their numbers. What JSON has no number for is a word in quotes.
 */
export function historyReply(key: string, points: PointColumns, nextPageToken: string | null): Response {
  const { timestamps, steps, values } = points;
  const start = `{"key":${JSON.stringify(key)},"value":`;
  const pieces: Buffer[] = [];
  let text = '{"metrics":[';
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    const isNumber = value !== "NaN" && !value.endsWith("Infinity");
    text += i > 0 ? `,${start}` : start;
    text += isNumber ? value : `"${value}"`;
    text += `,"timestamp":${timestamps[i]},"step":${steps[i]}}`;
    if (i % POINTS_PER_PIECE === POINTS_PER_PIECE - 1) {
      pieces.push(Buffer.from(text));
      text = "";
    }
  }
  text += nextPageToken ? `],"next_page_token":${JSON.stringify(nextPageToken)}}` : "]}";
  pieces.push(Buffer.from(text));
  return new Response(Buffer.concat(pieces), {
    headers: {
      "content-type": "application/json",
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
    },
  });
}
