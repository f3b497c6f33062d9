import type { PointColumns } from "@/lib/runs/schema";
import { wireDouble } from "./reply";

/** The reply of get-history, put together as text: objects of a hundred thousand points cost more than their query. */
export function historyReply(key: string, points: PointColumns, nextPageToken: string | null): Response {
  const { timestamps, steps, values } = points;
  const name = JSON.stringify(key);
  let body = '{"metrics":[';
  for (let i = 0; i < values.length; i++) {
    const value = wireDouble(values[i]!);
    if (i > 0) body += ",";
    body += `{"key":${name},"value":${typeof value === "number" ? value : `"${value}"`},"timestamp":${timestamps[i]},"step":${steps[i]}}`;
  }
  body += nextPageToken ? `],"next_page_token":${JSON.stringify(nextPageToken)}}` : "]}";
  return new Response(body, {
    headers: {
      "content-type": "application/json",
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
    },
  });
}
