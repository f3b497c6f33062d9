import { seeded } from "@/lib/seeded";

/** What the journeys find: a classifier whose income drifts after ten days, and a regressor without a baseline. */
export const CREDIT = {
  model: "credit-risk",
  version: "1",
  from: Date.UTC(2026, 2, 1),
  days: 14,
  rowsPerHour: 12,
  driftDay: 10,
  /** Labels take two days: the last two days have none. */
  labelledDays: 12,
} as const;

export const SEATS = { model: "seat-demand", version: "2026-03" } as const;

const HOUR = 3_600_000;

export type Post = (
  path: string,
  init: { method: "POST" | "PUT"; type: string; body: string },
) => Promise<unknown>;

/** Sends to the HTTP API of a running server, which must accept it. */
export function poster(url: string, key: string): Post {
  return async (path, { method, type, body }) => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { authorization: `Bearer ${key}`, "content-type": type },
      body,
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return response.json();
  };
}

/** Logs everything through the HTTP API of a running server. */
export async function seed(url: string, key: string): Promise<void> {
  const post = poster(url, key);
  await seedCredit(post, CREDIT.model);
  await seedSeats(post, SEATS.model);
}

function applicant(random: ReturnType<typeof seeded>, drifted: boolean) {
  const income = Math.round((drifted ? 52_000 : 38_000) * Math.exp(0.4 * random.normal()));
  const age = 18 + Math.floor(random.uniform() * 60);
  const region =
    drifted && random.uniform() < 0.03 ? "Açores" : random.pick(["north", "south", "east", "west"]);
  const balance = random.uniform() < (drifted ? 0.12 : 0.02) ? null : Math.round(2000 * random.normal()) / 10;
  const risk = 1 / (1 + Math.exp((income - 38_000) / 15_000 + (age - 45) / 30 - 0.3 * random.normal()));
  return { features: { income, age, region, balance, returning: random.uniform() < 0.4 }, risk };
}

/** The classifier under a name of the caller's own, so that a test may change it. */
export async function seedCredit(post: Post, model: string): Promise<void> {
  const random = seeded(7);
  const baseline = ["income,age,region,balance,returning,prediction,score,label"];
  for (let i = 0; i < 4000; i++) {
    const { features, risk } = applicant(random, false);
    const label = random.uniform() < risk ? "default" : "paid";
    baseline.push(
      [
        features.income,
        features.age,
        features.region,
        features.balance ?? "",
        features.returning,
        risk >= 0.5 ? "default" : "paid",
        risk.toFixed(6),
        label,
      ].join(","),
    );
  }
  await post(`/api/v1/models/${model}/versions/${CREDIT.version}/baseline`, {
    method: "PUT",
    type: "text/csv",
    body: baseline.join("\n"),
  });
  for (let day = 0; day < CREDIT.days; day++) {
    const predictions = [];
    const labels = [];
    for (let i = 0; i < 24 * CREDIT.rowsPerHour; i++) {
      const at = CREDIT.from + day * 24 * HOUR + (i / CREDIT.rowsPerHour) * HOUR;
      const { features, risk } = applicant(random, day >= CREDIT.driftDay);
      const id = `c-${day}-${i}`;
      predictions.push({
        id,
        timestamp: new Date(at).toISOString(),
        features,
        ...(i % 97 === 0
          ? { error: "timeout" }
          : { prediction: risk >= 0.5 ? "default" : "paid", score: risk }),
        latency_ms: 2 + 3 * random.uniform(),
        segment: { channel: random.pick(["web", "branch", "phone"]) },
      });
      if (day < CREDIT.labelledDays) {
        labels.push({
          id,
          label: random.uniform() < risk ? "default" : "paid",
          timestamp: new Date(at + 48 * HOUR).toISOString(),
        });
      }
    }
    const json = { method: "POST", type: "application/json" } as const;
    const { version } = CREDIT;
    await post("/api/v1/predictions", { ...json, body: JSON.stringify({ model, version, predictions }) });
    if (labels.length > 0)
      await post("/api/v1/ground-truth", { ...json, body: JSON.stringify({ model, labels }) });
  }
}

/** The regressor under a name of the caller's own. */
export async function seedSeats(post: Post, model: string): Promise<void> {
  const random = seeded(11);
  const lines = [];
  const labels = [];
  for (let hour = 0; hour < 72; hour++) {
    for (let i = 0; i < 5; i++) {
      const price = 40 + 200 * random.uniform();
      const demand = 300 - price + 20 * random.normal();
      lines.push(
        JSON.stringify({
          id: `s-${hour}-${i}`,
          timestamp: new Date(CREDIT.from + hour * HOUR).toISOString(),
          features: { price, weekday: random.pick(["Mo", "Tu", "We"]) },
          prediction: demand,
        }),
      );
      labels.push(JSON.stringify({ id: `s-${hour}-${i}`, label: demand + 15 * random.normal() }));
    }
  }
  const type = "application/x-ndjson";
  await post(`/api/v1/predictions?model=${model}&version=${SEATS.version}`, {
    method: "POST",
    type,
    body: lines.join("\n"),
  });
  await post(`/api/v1/ground-truth?model=${model}`, { method: "POST", type, body: labels.join("\n") });
}
