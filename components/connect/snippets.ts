/** Code to copy. `key` is a placeholder wherever the real one is not known: a secret is shown once, at its birth. */
export const KEY_PLACEHOLDER = "tm_...";

export type SnippetContext = {
  /** Where this Tidemark is reached. */
  url: string;
  key?: string | undefined;
  model?: string | undefined;
  version?: string | undefined;
};

const EXAMPLE_FEATURES = '{"distance": 1797, "origin": "LAX"}';

const filled = ({ url, key = KEY_PLACEHOLDER, model = "flight-delay", version = "1" }: SnippetContext) => ({
  url,
  key,
  model,
  version,
});

/** For JSON inside single quotes of a shell. */
const shellJson = (text: string) => JSON.stringify(text).replaceAll("'", "'\\''");
const urlPart = (text: string) => encodeURIComponent(text).replaceAll("'", "%27");

const versionUrl = (url: string, model: string, version: string) =>
  `${url}/api/v1/models/${urlPart(model)}/versions/${urlPart(version)}`;

export function curlPredictions(context: SnippetContext): string {
  const { url, key, model, version } = filled(context);
  return `curl ${url}/api/v1/predictions \\
  -H 'Authorization: Bearer ${key}' \\
  -H 'Content-Type: application/json' \\
  -d '{"model": ${shellJson(model)}, "version": ${shellJson(version)}, "predictions": [
    {"id": "fl-1", "timestamp": "'$(date -u +%Y-%m-%dT%H:%M:%SZ)'",
     "features": ${EXAMPLE_FEATURES},
     "prediction": "late", "score": 0.83, "latency_ms": 3.1,
     "segment": {"carrier": "AA"}}]}'`;
}

export function curlLabels(context: SnippetContext & { id?: string; label?: string | number }): string {
  const { url, key, model } = filled(context);
  const label = context.label ?? "late";
  return `curl ${url}/api/v1/ground-truth \\
  -H 'Authorization: Bearer ${key}' \\
  -H 'Content-Type: application/json' \\
  -d '{"model": ${shellJson(model)}, "labels": [
    {"id": ${shellJson(context.id ?? "fl-1")}, "label": ${typeof label === "number" ? label : shellJson(label)}}]}'`;
}

export function curlBaselineFile(context: SnippetContext): string {
  const { url, key, model, version } = filled(context);
  return `curl -X PUT '${versionUrl(url, model, version)}/baseline' \\
  -H 'Authorization: Bearer ${key}' \\
  -H 'Content-Type: text/csv' \\
  --data-binary @training.csv`;
}

export function curlBaselineWindow(context: SnippetContext & { from?: string; to?: string }): string {
  const { url, key, model, version } = filled(context);
  const { from = "2026-01-01T00:00:00Z", to = "2026-02-01T00:00:00Z" } = context;
  return `curl -X PUT '${versionUrl(url, model, version)}/baseline' \\
  -H 'Authorization: Bearer ${key}' \\
  -H 'Content-Type: application/json' \\
  -d '{"from": "${from}", "to": "${to}"}'`;
}

export function curlDrift(context: SnippetContext): string {
  const { url, key, model, version } = filled(context);
  return `curl '${versionUrl(url, model, version)}/drift' \\
  -H 'Authorization: Bearer ${key}'`;
}

export function pythonPlain(context: SnippetContext): string {
  const { url, key, model, version } = filled(context);
  return `import uuid
from datetime import datetime, timezone

import requests

session = requests.Session()
session.headers["Authorization"] = "Bearer ${key}"

rows = [
    {
        "id": str(uuid.uuid4()),
        "timestamp": datetime.now(timezone.utc).isoformat(),
        "features": ${EXAMPLE_FEATURES},
        "prediction": "late",
        "score": 0.83,
    }
]
reply = session.post(
    "${url}/api/v1/predictions",
    json={"model": ${JSON.stringify(model)}, "version": ${JSON.stringify(version)}, "predictions": rows},
    timeout=30,
)
reply.raise_for_status()
for rejected in reply.json()["rejected"]:
    print(rejected["index"], rejected["id"], rejected["error"])`;
}

export function pythonNdjson(context: SnippetContext): string {
  const { url, key, model, version } = filled(context);
  return `import gzip
import json

import requests


def send(rows):
    """Sends up to 1,000 rows as gzipped NDJSON, a prediction a line."""
    lines = "\\n".join(json.dumps(row) for row in rows)
    reply = requests.post(
        "${url}/api/v1/predictions",
        params={"model": ${JSON.stringify(model)}, "version": ${JSON.stringify(version)}},
        data=gzip.compress(lines.encode(), compresslevel=1),
        headers={
            "Authorization": "Bearer ${key}",
            "Content-Type": "application/x-ndjson",
            "Content-Encoding": "gzip",
        },
        timeout=60,
    )
    reply.raise_for_status()
    return reply.json()


# rows: what was predicted, each {"id", "timestamp", "features", "prediction", ...}
for start in range(0, len(rows), 1000):
    print(send(rows[start : start + 1000]))`;
}

export function typescriptClient(context: SnippetContext): string {
  const { url, model, version } = filled(context);
  return `import { TidemarkClient } from "./tidemark/client";

const client = new TidemarkClient({
  url: ${JSON.stringify(url)},
  apiKey: process.env.TIDEMARK_API_KEY!,
  model: ${JSON.stringify(model)},
  version: ${JSON.stringify(version)},
});

// Buffered, batched and retried; resolves with the row's id.
const id = await client.log({
  features: { distance: 1797, origin: "LAX" },
  prediction: "late",
  score: 0.83,
});

// Later, when it is known what happened:
await client.label({ id, label: "on_time" });

// Before the process ends: sends what still waits.
await client.close();`;
}
