import { Worker } from "node:worker_threads";

/** How a server answered while something else went on. */
export type Pulse = {
  asked: number;
  /** Answers that were not 200, and requests without an answer. */
  failed: number;
  /** Longest time from asking to the answer. */
  longestMs: number;
};

// A thread of its own: what the test does meanwhile must not be taken for a slow server.
const ASK = `
  const { parentPort, workerData } = require("node:worker_threads");
  const http = require("node:http");
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  const pulse = { asked: 0, failed: 0, longestMs: 0 };
  let stopped = false;
  const ask = () => new Promise((resolve) => {
    const began = performance.now();
    const done = (ok) => {
      pulse.asked++;
      if (!ok) pulse.failed++;
      pulse.longestMs = Math.max(pulse.longestMs, performance.now() - began);
      resolve();
    };
    http.get(workerData.url + "/health", { agent }, (response) => {
      response.resume().once("end", () => done(response.statusCode === 200));
    }).once("error", () => done(false));
  });
  parentPort.once("message", () => { stopped = true; });
  (async () => {
    while (!stopped) {
      await ask();
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    parentPort.postMessage(pulse);
    agent.destroy();
  })();
`;

/** Asks for /health again and again until told to stop, and says what the longest wait was. */
export function takePulse(url: string): { stop(): Promise<Pulse> } {
  const worker = new Worker(ASK, { eval: true, workerData: { url } });
  return {
    stop: () =>
      new Promise((resolve, reject) => {
        worker.once("message", (pulse: Pulse) => resolve(pulse));
        worker.once("error", reject);
        worker.postMessage("stop");
      }),
  };
}
