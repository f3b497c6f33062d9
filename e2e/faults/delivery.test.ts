import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { findPostgresBinaries } from "@/lib/db/postgres-binaries.mjs";
import { seeded } from "@/lib/seeded";
import { auditStore, expectConsistent } from "./audit";
import { makeCluster } from "./cluster";
import { exchange } from "./exchange";
import { makeRow } from "./load";
import { end, startServer } from "./process";

const LONG = process.env.TIDEMARK_FAULTS === "long";
const ROWS = LONG ? 20_000 : 1_000;
const PER_BATCH = 100;
const CLIENTS = 8;
const TIMES = 3;
const KEY = "faults-bootstrap-key-0123456789";
const HOUR_MS = 3_600_000;

type Delivery = { path: string; body: Record<string, unknown> };
type Label = { id: string; label: string; timestamp: string };

/** Rows four minutes apart, so that they lie in many hours. */
const rows = Array.from({ length: ROWS }, (_, i) => ({
  ...makeRow(i),
  timestamp: new Date(Date.UTC(2026, 2, 1) + i * 240_000).toISOString(),
}));

/** What became known of each row: nothing of every fifth, and of others a guess that is corrected once or twice. */
function labelsOf(i: number): Label[] {
  const random = seeded(1_000_000 + i);
  if (i % 5 === 4) return [];
  const changes = 1 + Math.floor(random.uniform() * 3);
  return Array.from({ length: changes }, (_, k) => ({
    id: rows[i]!.id,
    label: random.uniform() < 0.5 ? "yes" : "no",
    timestamp: new Date(Date.parse(rows[i]!.timestamp) + (k + 1) * HOUR_MS).toISOString(),
  }));
}

const predictions = (from: number, to: number): Delivery => ({
  path: "/api/v1/predictions",
  body: { version: "1", predictions: rows.slice(from, to) },
});
const labels = (sent: Label[]): Delivery => ({ path: "/api/v1/ground-truth", body: { labels: sent } });

/** Each row once and in order; then each row's last label. */
function inOrder(): Delivery[] {
  const deliveries: Delivery[] = [];
  for (let from = 0; from < ROWS; from += PER_BATCH) deliveries.push(predictions(from, from + PER_BATCH));
  const last = rows.flatMap((_, i) => labelsOf(i).slice(-1));
  for (let from = 0; from < last.length; from += PER_BATCH)
    deliveries.push(labels(last.slice(from, from + PER_BATCH)));
  return deliveries;
}

/** Each batch three times, with others that overlap it by half, labels of all ages between them, in no order. */
function inDisorder(): Delivery[] {
  const once: Delivery[] = [];
  for (let from = 0; from < ROWS; from += PER_BATCH) {
    once.push(
      predictions(from, from + PER_BATCH),
      predictions(from + PER_BATCH / 2, from + (3 * PER_BATCH) / 2),
    );
  }
  const all = shuffle(rows.flatMap((_, i) => labelsOf(i)));
  for (let from = 0; from < all.length; from += PER_BATCH)
    once.push(labels(all.slice(from, from + PER_BATCH)));
  return shuffle(Array.from({ length: TIMES }, () => once).flat());
}

/** Several clients take from one pile; each sends its batch again until it is answered. */
async function deliver(url: string, model: string, deliveries: Delivery[], clients: number): Promise<void> {
  let next = 0;
  const client = async () => {
    for (let each = deliveries[next++]; each; each = deliveries[next++]) {
      const answer = await exchange(url, {
        method: "POST",
        path: each.path,
        headers: { authorization: `Bearer ${KEY}`, "content-type": "application/json" },
        body: JSON.stringify({ model, ...each.body }),
      });
      expect(answer.status, answer.text.slice(0, 300)).toBe(200);
      expect(JSON.parse(answer.text).rejected).toEqual([]);
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
}

const random = seeded(7);

function shuffle<Value>(values: Value[]): Value[] {
  for (let i = values.length - 1; i > 0; i--) {
    const j = Math.floor(random.uniform() * (i + 1));
    [values[i], values[j]] = [values[j]!, values[i]!];
  }
  return values;
}

/** Everything that a page is told of a model, without its name. */
async function reportsOf(url: string, model: string): Promise<Record<string, unknown>> {
  const window = `from=2026-03-01T00:20:00Z&to=${rows.at(-1)!.timestamp}`;
  const reports = [
    `performance?${window}&bucket=day`,
    `quality?${window}&bucket=day`,
    `drift?${window}&reference=2026-03-01T00:00:00Z/2026-03-03T12:30:00Z`,
    `drift/timeline?${window}&bucket=day&reference=2026-03-01T00:00:00Z/2026-03-03T12:30:00Z`,
    `segments?${window}`,
    `predictions?${window}&label=wrong&limit=1000`,
  ];
  const told: Record<string, unknown> = {};
  for (const report of reports) {
    const answer = await exchange(url, {
      path: `/api/v1/models/${model}/versions/1/${report}`,
      headers: { authorization: `Bearer ${KEY}` },
    });
    expect(answer.status, answer.text.slice(0, 300)).toBe(200);
    told[report] = JSON.parse(answer.text.replaceAll(`"${model}"`, '"model"'), rounded);
  }
  return told;
}

/** Sums of floats depend on the order of adding; counts do not, and stay as they are. When it came is not asked. */
function rounded(name: string, value: unknown): unknown {
  if (name === "fresh_to") return null;
  return typeof value === "number" && !Number.isInteger(value) ? Number(value.toPrecision(10)) : value;
}

async function expectTheSame(environment: {
  DATABASE_URL: string;
  TIDEMARK_DATA_DIR: string;
}): Promise<void> {
  const server = await startServer({ ...environment, TIDEMARK_BOOTSTRAP_KEY: KEY });
  try {
    await deliver(server.url, "orderly", inOrder(), 1);
    await deliver(server.url, "disorderly", inDisorder(), CLIENTS);
    const once = await reportsOf(server.url, "orderly");
    for (const [report, told] of Object.entries(once))
      expect(JSON.stringify(told), report).toMatch(/[1-9]\d\d/);
    expect(await reportsOf(server.url, "disorderly")).toEqual(once);
  } finally {
    await end(server.child, "SIGTERM");
  }
  for (const model of ["orderly", "disorderly"]) {
    const held = await auditStore(
      { databaseUrl: environment.DATABASE_URL || undefined, dataDir: environment.TIDEMARK_DATA_DIR },
      model,
    );
    expect(held.rows).toBe(ROWS);
    expect(held.labelled).toBe(rows.filter((_, i) => labelsOf(i).length > 0).length);
    expectConsistent(held);
  }
}

describe("batches three times, in no order, overlapping, from many clients, with labels early, late and changed", () => {
  it.skipIf(!findPostgresBinaries())("tell what single delivery tells, on PostgreSQL", async () => {
    const cluster = await makeCluster({ fsync: "off" });
    try {
      await expectTheSame({ DATABASE_URL: cluster.url, TIDEMARK_DATA_DIR: ".data" });
    } finally {
      await cluster.remove();
    }
  });

  it("tell what single delivery tells, on the embedded store", async () => {
    const dataDir = await mkdtemp(path.join(os.tmpdir(), "tidemark-embedded-"));
    try {
      await expectTheSame({ DATABASE_URL: "", TIDEMARK_DATA_DIR: dataDir });
    } finally {
      await rm(dataDir, { recursive: true, force: true });
    }
  });
});
