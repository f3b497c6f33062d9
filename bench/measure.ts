import http from "node:http";

/** Sorted copy's quantile, by nearest rank. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(q * sorted.length) - 1)]!;
}

export const median = (values: readonly number[]) => quantile(values, 0.5);

export type LoadResult = {
  requests: number;
  seconds: number;
  failures: number;
  p50Ms: number;
  p99Ms: number;
};

/**
 * Sends requests from `clients` connections at once for some seconds, each as soon as the former is answered.
 * @param body gives the next request's body; bodies are best made before, since this process shares the machine
 */
export async function hammer(
  url: string,
  options: { headers: Record<string, string>; clients: number; seconds: number; body: () => Buffer | null },
): Promise<LoadResult> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: options.clients });
  const latencies: number[] = [];
  let failures = 0;
  const start = performance.now();
  const until = start + options.seconds * 1000;
  const client = async () => {
    while (performance.now() < until) {
      const body = options.body();
      if (!body) return;
      const began = performance.now();
      const status = await send(url, agent, options.headers, body);
      if (status === 200) latencies.push(performance.now() - began);
      else failures++;
    }
  };
  await Promise.all(Array.from({ length: options.clients }, client));
  const seconds = (performance.now() - start) / 1000;
  agent.destroy();
  return {
    requests: latencies.length,
    seconds,
    failures,
    p50Ms: latencies.length > 0 ? quantile(latencies, 0.5) : Number.NaN,
    p99Ms: latencies.length > 0 ? quantile(latencies, 0.99) : Number.NaN,
  };
}

function send(
  url: string,
  agent: http.Agent,
  headers: Record<string, string>,
  body: Buffer,
): Promise<number> {
  return new Promise((resolve) => {
    const request = http.request(
      url,
      { method: "POST", agent, headers: { ...headers, "content-length": body.length } },
      (response) => {
        response.resume();
        response.on("end", () => resolve(response.statusCode ?? 0));
      },
    );
    request.on("error", () => resolve(0));
    request.end(body);
  });
}
