import { TidemarkError } from "@/lib/errors";
import type { Incoming } from "@/lib/http/incoming";
import { parse } from "@/lib/http/parse";
import { MOST_PARQUET_BYTES } from "./parquet";
import type { BaselineInput } from "./put";
import { BaselineWindow } from "./schema";

/** Media types a baseline may come as; null = described in words. */
export const BASELINE_TYPES = {
  "application/json": BaselineWindow,
  "text/csv": null,
  "application/x-ndjson": null,
  "application/vnd.apache.parquet": null,
  "application/octet-stream": null,
} as const;

/** A text file has no limit but this: what it holds is bounded row by row. */
const MOST_TEXT_BYTES = 2 * 1024 ** 3;

/** A request's body as what putBaseline takes. Bytes without a type are read as Parquet. */
export async function baselineInput(body: Incoming, fileName: string | null): Promise<BaselineInput> {
  switch (body.mediaType) {
    case "application/json":
      return { kind: "window", window: parse(BaselineWindow, await body.json(), "body") };
    case "text/csv":
      return { kind: "csv", bytes: body.stream({ maxBytes: MOST_TEXT_BYTES }), fileName };
    case "application/x-ndjson":
      return { kind: "ndjson", bytes: body.stream({ maxBytes: MOST_TEXT_BYTES }), fileName };
    default:
      return { kind: "parquet", bytes: parquetBytes(body), fileName };
  }
}

async function* parquetBytes(body: Incoming): AsyncGenerator<Uint8Array> {
  try {
    yield* body.stream({ maxBytes: MOST_PARQUET_BYTES });
  } catch (error) {
    if (!(error instanceof TidemarkError) || error.code !== "too_large") throw error;
    throw new TidemarkError(
      "too_large",
      "a Parquet file is held whole, and the limit is 256 MiB: send a random sample, or CSV, which is read as a stream",
    );
  }
}
