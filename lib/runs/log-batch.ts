import type { Database } from "@/lib/db/client";
import { TidemarkError } from "@/lib/errors";
import { checkKey, checkKeys, cut, invalid, LIMITS } from "./limits";
import { writeBatch } from "./log-store";
import type { Batch, KeyValue, LoggedMetric } from "./schema";
import { writing } from "./store-errors";

/**
 * Logs metrics, params and tags of a run: all of them or, when it throws, none. What has been logged before in the same
 * words changes nothing, so a batch may be sent again.
 * @throws TidemarkError `bad_request` for a name, value or number of things that cannot be, for a param that has another
 * value already, for a deleted run; `not_found`
 */
export async function logBatch(
  db: Database,
  runId: string,
  { metrics = [], params = [], tags = [] }: Batch,
): Promise<void> {
  checkSize("metrics", metrics.length, LIMITS.metricsPerBatch);
  checkSize("params", params.length, LIMITS.paramsPerBatch);
  checkSize("tags", tags.length, LIMITS.tagsPerBatch);
  checkSize(
    "metrics, params, and tags",
    metrics.length + params.length + tags.length,
    LIMITS.entitiesPerBatch,
  );
  checkMetrics(metrics, "metrics");
  checkKeys(params, "params");
  checkKeys(tags, "tags");
  refuseTwice(params);
  await writing(
    runId,
    writeBatch(db, runId, {
      metrics,
      params: params.map((param, place) => cut(param, LIMITS.paramValue, `params[${place}].value`)),
      tags: tags.map((tag, place) => cut(tag, LIMITS.tagValue, `tags[${place}].value`)),
    }),
  );
}

export async function logMetric(db: Database, runId: string, metric: LoggedMetric): Promise<void> {
  checkKey(metric.key, "key");
  checkMoment(metric, "");
  await writing(runId, writeBatch(db, runId, { metrics: [metric], params: [], tags: [] }));
}

export async function logParam(db: Database, runId: string, param: KeyValue): Promise<void> {
  checkKey(param.key, "key");
  const params = [cut(param, LIMITS.paramValue, "value")];
  await writing(runId, writeBatch(db, runId, { metrics: [], params, tags: [] }));
}

export async function setRunTag(db: Database, runId: string, tag: KeyValue): Promise<void> {
  checkKey(tag.key, "key");
  const tags = [cut(tag, LIMITS.tagValue, "value")];
  await writing(runId, writeBatch(db, runId, { metrics: [], params: [], tags }));
}

function checkMetrics(metrics: readonly LoggedMetric[], list: string): void {
  metrics.forEach((metric, place) => {
    checkKey(metric.key, `${list}[${place}].name`);
    checkMoment(metric, `${list}[${place}].`);
  });
}

function checkMoment({ timestamp, step }: LoggedMetric, prefix: string): void {
  if (!Number.isSafeInteger(timestamp) || timestamp < 0) {
    throw invalid(timestamp, `${prefix}timestamp`, "Timestamp must be a nonnegative long (64-bit integer)");
  }
  if (!Number.isSafeInteger(step)) throw invalid(step, `${prefix}step`, "Step must be a whole number");
}

function checkSize(what: string, length: number, most: number): void {
  if (length <= most) return;
  throw new TidemarkError(
    "bad_request",
    `A batch logging request can contain at most ${most} ${what}. Got ${length} ${what}. Please split up ${what} across multiple requests and try again.`,
  );
}

function refuseTwice(params: readonly KeyValue[]): void {
  const seen = new Set<string>();
  for (const { key } of params) {
    if (seen.has(key)) {
      throw new TidemarkError(
        "bad_request",
        `Duplicate parameter keys have been submitted: '${key}'. Please ensure the request contains only one param value per param key.`,
      );
    }
    seen.add(key);
  }
}
