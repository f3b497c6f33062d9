import { createHash } from "node:crypto";
import { isoOf, minuteOf } from "./flight-table";
import { CATEGORICAL, Flights, MODEL, NUMERIC } from "./flights";

/** A month that no version has seen. */
const JUNE = { from: minuteOf("2001-06-01"), to: minuteOf("2001-07-01") };
const ROWS = 20_000;
const COLUMNS = [...NUMERIC, ...CATEGORICAL] as const;

/** Registers flights of June, spread evenly over the month, as a held-out set of the model. @returns its SHA-256 */
export async function registerHeldOut({
  url,
  apiKey,
  signal,
}: {
  url: string;
  apiKey: string;
  signal?: AbortSignal;
}): Promise<string> {
  const csv = heldOutCsv(await Flights.read());
  const sha256 = createHash("sha256").update(csv).digest("hex");
  const query = new URLSearchParams({ name: "flights of June 2001.csv", label: "label" });
  const reply = await fetch(`${url}/api/v1/models/${MODEL}/datasets/${sha256}?${query}`, {
    method: "PUT",
    headers: { authorization: `Bearer ${apiKey}`, "content-type": "text/csv" },
    body: csv,
    signal: signal ?? null,
  });
  if (!reply.ok) throw new Error(`the held-out flights were not registered: ${await reply.text()}`);
  return sha256;
}

/** Features, region, departure and label of flights spread evenly over June. */
export function heldOutCsv(flights: Flights): string {
  const { from, to } = flights.rows(JUNE);
  const rows = Math.min(ROWS, to - from);
  const lines = [[...COLUMNS, "region", "departure", "label"].join()];
  for (let row = 0; row < rows; row++) {
    const { features, region, departure, label } = flights.at(from + Math.floor((row * (to - from)) / rows));
    lines.push([...COLUMNS.map((name) => features[name] ?? ""), region, isoOf(departure), label].join());
  }
  return `${lines.join("\n")}\n`;
}
