import { sql } from "drizzle-orm";
import { makeCluster } from "../e2e/faults/cluster";
import { end, startServer } from "../e2e/faults/process";
import { openStore, rows } from "../lib/db/client";
import { loadContext } from "../lib/models/context";
import { ensureCategories } from "../lib/models/store";
import { seeded } from "../lib/seeded";
import { summaryArguments } from "../lib/summaries/arguments";
import { emptyHistogram, type PairedHistogram, toPairs } from "../lib/summaries/histogram";
import { type BucketSummary, DAY_MS, HOUR_MS } from "../lib/summaries/summarise";
import { quantile } from "./measure";

/*
 * The drift report of 20 features over 30 days at 1 M and at 100 M predictions. The summaries are written straight into
 * the store, with the counts that so many predictions leave; the report is asked for over HTTP, each size in turn. Counts
 * that have not changed are kept in memory, so that the first time, when all are read, is told apart.
 */
const KEY = "bench-bootstrap-key-0123456789";
const HEADERS = { authorization: `Bearer ${KEY}` };
const START = Date.UTC(2026, 2, 1);
const DAYS = 30;
const NUMBERS = 16;
const CATEGORIES = 4;
const REPEATS = 40;
const SIZES = { "1 M": 1e6, "100 M": 1e8 } as const;

const cluster = await makeCluster({ shared_buffers: "1GB" });
const server = await startServer({ DATABASE_URL: cluster.url, TIDEMARK_BOOTSTRAP_KEY: KEY });
try {
  for (const [name, size] of Object.entries(SIZES)) await fill(name.replace(" ", "-"), size);
  const drift = await compare(
    (model) => `/api/v1/models/${model}/versions/1/drift?from=${iso(START)}&to=${iso(START + DAYS * DAY_MS)}`,
  );
  const timeline = await compare(
    (model) =>
      `/api/v1/models/${model}/versions/1/drift/timeline?bucket=day&from=${iso(START)}&to=${iso(START + DAYS * DAY_MS)}`,
  );
  const hours = await compare(
    (model) =>
      `/api/v1/models/${model}/versions/1/drift/timeline?bucket=hour&from=${iso(START)}&to=${iso(START + DAYS * DAY_MS)}`,
  );
  console.log(
    `RESULT drift report, 100 M against 1 M: ${drift.ratio.toFixed(2)} times (budget at most 1.5), p95 ${drift.p95.toFixed(0)} ms (budget under 100), the first time ${drift.first.toFixed(0)} ms`,
  );
  console.log(
    `RESULT drift timeline by day, 100 M against 1 M: ${timeline.ratio.toFixed(2)} times, p95 ${timeline.p95.toFixed(0)} ms`,
  );
  console.log(
    `RESULT drift timeline by hour, 100 M against 1 M: ${hours.ratio.toFixed(2)} times, p95 ${hours.p95.toFixed(0)} ms, the first time ${hours.first.toFixed(0)} ms`,
  );
} finally {
  await end(server.child, "SIGTERM");
  await cluster.remove();
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}

async function compare(
  path: (model: string) => string,
): Promise<{ ratio: number; p95: number; first: number }> {
  let first = 0;
  const times: Record<string, number[]> = {};
  for (let i = 0; i < REPEATS + 5; i++) {
    for (const name of Object.keys(SIZES)) {
      const start = performance.now();
      const response = await fetch(`${server.url}${path(name.replace(" ", "-"))}`, { headers: HEADERS });
      const report = await response.json();
      if (!response.ok) throw new Error(JSON.stringify(report));
      if (i === 0) first = performance.now() - start;
      // The first rounds warm caches and compiled code.
      if (i >= 5) times[name] = [...(times[name] ?? []), performance.now() - start];
      else if (i === 0)
        console.log(
          `${name}: ${report.features.length} features, n = ${report.window.n ?? report.buckets.length}`,
        );
    }
  }
  const [small, large] = [times["1 M"]!, times["100 M"]!];
  console.log(
    `median ${quantile(small, 0.5).toFixed(1)} ms at 1 M, ${quantile(large, 0.5).toFixed(1)} ms at 100 M`,
  );
  return { ratio: quantile(large, 0.5) / quantile(small, 0.5), p95: quantile(large, 0.95), first };
}

async function fill(model: string, predictions: number): Promise<void> {
  const random = seeded(5);
  const names = [
    ...Array.from({ length: NUMBERS }, (_, k) => `number_${k}`),
    ...Array.from({ length: CATEGORIES }, (_, k) => `category_${k}`),
  ];
  const lines = [[...names, "prediction", "score"].join(",")];
  for (let i = 0; i < 20_000; i++) {
    const values = names.map((_, k) =>
      k < NUMBERS ? random.normal().toFixed(9) : `value-${Math.floor(random.uniform() * 50)}`,
    );
    lines.push([...values, random.uniform() > 0.5 ? "yes" : "no", random.uniform().toFixed(6)].join(","));
  }
  const put = await fetch(`${server.url}/api/v1/models/${model}/versions/1/baseline`, {
    method: "PUT",
    headers: { ...HEADERS, "content-type": "text/csv" },
    body: lines.join("\n"),
  });
  if (!put.ok) throw new Error(await put.text());

  const store = await openStore({ databaseUrl: cluster.url, dataDir: "", poolSize: 2 });
  try {
    const context = (await loadContext(store.db, model, "1"))!;
    await ensureCategories(store.db, context.record, [{ featureId: NUMBERS + 1, value: "value-0" }]);
    const perHour = predictions / DAYS / 24;
    for (let day = 0; day < DAYS; day++) {
      const hours = Array.from({ length: 24 }, (_, hour) =>
        bucket(1, START + day * DAY_MS + hour * HOUR_MS, perHour, random),
      );
      const whole = bucket(24, START + day * DAY_MS, perHour * 24, random);
      await rows(
        store.db,
        sql`SELECT add_summaries(${context.record.modelId}::int, ${context.record.versionId}::int,
          ${context.record.baselineId}::int, ${summaryArguments([...hours, whole])})`,
      );
    }
    await rows(store.db, sql`ANALYZE`);
  } finally {
    await store.close();
  }
}

function bucket(grain: 1 | 24, startMs: number, n: number, random: ReturnType<typeof seeded>): BucketSummary {
  const spread = (bins: number, first: number): PairedHistogram => {
    const counts = new Map<number, number>();
    let total = 0;
    for (let bin = first; bin < first + bins; bin++) {
      const count = Math.round((n / bins) * (1 + 0.1 * random.normal()));
      if (count <= 0) continue;
      counts.set(bin, count);
      total += count;
    }
    return toPairs({ ...emptyHistogram(), n: total, sum: 0, sumSquared: total, min: -4, max: 4, counts });
  };
  return {
    grain,
    startMs,
    n: Math.round(n),
    errors: 0,
    latency: toPairs(emptyHistogram()),
    columns: [
      ...Array.from({ length: NUMBERS }, () => spread(256, 1)),
      ...Array.from({ length: CATEGORIES }, () => spread(50, 1)),
    ],
    prediction: spread(2, 1),
    score: spread(256, 1),
  };
}
