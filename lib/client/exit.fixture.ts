/** Run as a process by the client's tests: logs three rows, then ends, or waits for the signal that it is told to expect. */
import { TidemarkClient } from "./client";

const [url = "", how] = process.argv.slice(2);
const client = new TidemarkClient({ url, apiKey: "key", model: "m", version: "1", maxDelayMs: 60_000 });
for (const x of [1, 2, 3]) await client.log({ features: { x }, prediction: 1 });
if (how !== "end") setTimeout(() => {}, 60_000);
process.stdout.write("logged\n");
