import { seeded } from "@/lib/seeded";

export type Row = {
  id: string;
  timestamp: string;
  features: Record<string, unknown>;
  prediction: string;
  score: number;
  latency_ms: number;
};

const START = Date.UTC(2026, 2, 1);

/** Row `i` of the load: a function of its number, so that a retry sends the very same row. */
export function makeRow(i: number): Row {
  const random = seeded(i);
  const score = random.uniform();
  return {
    id: `r-${i}`,
    timestamp: new Date(START + i * 1000).toISOString(),
    features: {
      amount: Math.round(random.uniform() * 1e6) / 100,
      age: Math.floor(random.uniform() * 80),
      balance: random.uniform() < 0.1 ? null : random.normal(),
      region: random.pick(["north", "south", "east", "west"]),
    },
    prediction: score >= 0.5 ? "yes" : "no",
    score,
    latency_ms: 1 + random.uniform(),
  };
}

export type Ledger = {
  /** Ids that an answer of 200 has accounted for. */
  acknowledged: Set<string>;
  /** Requests that ended otherwise and were sent again. */
  retries: number;
  /** Status codes that were neither 200, 429 nor 503, and bodies that show more than they should. */
  surprises: string[];
  /** Longest time without any acknowledgement, ms. */
  longestGapMs: number;
};

/**
 * Clients that log batch after batch and retry each until it is acknowledged, until `stop` says so.
 * @param twice sends every batch a second time, as a client does that lost the answer
 */
export async function runLoad(
  url: string,
  options: {
    key: string;
    model: string;
    clients: number;
    rowsPerBatch: number;
    stop: () => boolean;
    twice?: boolean;
    firstRow?: number;
  },
): Promise<Ledger> {
  const ledger: Ledger = { acknowledged: new Set(), retries: 0, surprises: [], longestGapMs: 0 };
  let next = options.firstRow ?? 0;
  let last = performance.now();
  const client = async () => {
    while (!options.stop()) {
      const from = next;
      next += options.rowsPerBatch;
      const rows = Array.from({ length: options.rowsPerBatch }, (_, i) => makeRow(from + i));
      for (let times = options.twice ? 2 : 1; times > 0; times--) await send(rows);
    }
  };
  const send = async (rows: Row[]) => {
    const body = JSON.stringify({ model: options.model, version: "1", predictions: rows });
    for (;;) {
      const answer = await post(`${url}/api/v1/predictions`, options.key, body);
      if (answer?.status === 200) {
        const now = performance.now();
        ledger.longestGapMs = Math.max(ledger.longestGapMs, now - last);
        last = now;
        const receipt = JSON.parse(answer.text);
        if (receipt.accepted + receipt.duplicates !== rows.length)
          ledger.surprises.push(answer.text.slice(0, 300));
        for (const row of rows) ledger.acknowledged.add(row.id);
        return;
      }
      ledger.retries++;
      if (answer && ![429, 503].includes(answer.status))
        ledger.surprises.push(`${answer.status} ${answer.text.slice(0, 300)}`);
      if (answer && /\bat .+\.(ts|js|mjs):\d+/.test(answer.text))
        ledger.surprises.push(`a stack trace: ${answer.text.slice(0, 300)}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  await Promise.all(Array.from({ length: options.clients }, client));
  return ledger;
}

/** null where no answer came: the server was gone. */
async function post(
  url: string,
  key: string,
  body: string,
): Promise<{ status: number; text: string } | null> {
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      body,
      signal: AbortSignal.timeout(20_000),
    });
    return { status: response.status, text: await response.text() };
  } catch {
    return null;
  }
}
