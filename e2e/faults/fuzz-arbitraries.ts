import fc from "fast-check";

/** Text that has broken some program before. */
const ODD_TEXT = [
  "",
  " ",
  ".",
  "..",
  "../../etc/passwd",
  "..\\..\\x",
  "\u0000",
  "a\u0000b",
  "\ud800",
  "\udfff!",
  "\ufeffm",
  "\u202emirror",
  "e\u0301",
  "🙂🙃",
  "ﷺ",
  "__proto__",
  "constructor",
  "toString",
  "hasOwnProperty",
  "null",
  "NaN",
  "-0",
  "1e999",
  "' OR 1=1 --",
  '"; DROP TABLE model; --',
  "%",
  "%%s%n",
  "{}",
  "[]",
  "{m,n}",
  'a"b\\c',
  "a,b",
  "<script>alert(1)</script>",
  "=1+1",
  "line\nbreak",
  "tab\there",
  "x".repeat(200),
  "x".repeat(201),
  "é".repeat(2000),
];

export const text = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...ODD_TEXT) },
  { weight: 2, arbitrary: fc.string({ unit: "binary", maxLength: 40 }) },
  { weight: 1, arbitrary: fc.string({ unit: "grapheme", maxLength: 40 }) },
  { weight: 1, arbitrary: fc.string({ maxLength: 10 }) },
);

export const number = fc.oneof(
  fc.double(),
  fc.integer(),
  fc.constantFrom(0, -0, 5e-324, 1.7976931348623157e308, -1e308, 1e39, 2 ** 53, 2 ** 63, 0.1, 1, -1),
);

export const time = fc.oneof(
  {
    weight: 3,
    arbitrary: fc
      .integer({ min: Date.UTC(2026, 1, 27), max: Date.UTC(2026, 2, 4) })
      .map((ms) => new Date(ms).toISOString()),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      "2026-03-01T00:00:00Z",
      "2026-03-01T00:00:00+14:00",
      "2026-03-01T00:00:00.123456789Z",
      "2026-03-01t00:00:00z",
      "2026-03-01",
      "2026-02-30T00:00:00Z",
      "2026-03-01T24:00:00Z",
      "2026-06-30T23:59:60Z",
      "0000-01-01T00:00:00Z",
      "0001-01-01T00:00:00Z",
      "1969-12-31T23:59:59Z",
      "1970-01-01T00:00:00Z",
      "9999-12-31T23:59:59Z",
      "9999-12-31T23:59:59-23:59",
      "+010000-01-01T00:00:00Z",
      "-000001-01-01T00:00:00Z",
      "1772323200",
      "now",
      "infinity",
      "-infinity",
      "epoch",
    ),
  },
  { weight: 1, arbitrary: fc.date({ noInvalidDate: true }).map((date) => date.toISOString()) },
  { weight: 1, arbitrary: text },
);

const scalar = fc.oneof(number, text, fc.boolean(), fc.constant(null));
/** Anything that JSON can say, the keys that objects inherit included. */
export const json = fc.oneof(
  { weight: 2, arbitrary: fc.jsonValue({ maxDepth: 4 }) },
  { weight: 1, arbitrary: fc.dictionary(text, scalar, { maxKeys: 6 }) },
  { weight: 1, arbitrary: scalar },
);

/** An object whose fields are each as expected, odd, or left out. */
function nearly(fields: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<Record<string, unknown>> {
  const loose = Object.fromEntries(
    Object.entries(fields).map(([name, good]) => [
      name,
      fc.oneof({ weight: 12, arbitrary: good }, { weight: 1, arbitrary: json }),
    ]),
  );
  return fc.record(loose, { requiredKeys: [] });
}

const id = fc.oneof({ weight: 3, arbitrary: fc.integer({ min: 0, max: 400 }).map((n) => `r-${n}`) }, text);
const features = fc.oneof(
  {
    weight: 4,
    arbitrary: nearly({
      amount: number,
      age: fc.integer({ min: 0, max: 80 }),
      balance: fc.option(number),
      region: fc.oneof(fc.constantFrom("north", "south"), text),
    }),
  },
  { weight: 1, arbitrary: fc.dictionary(text, scalar, { maxKeys: 4 }) },
);
const probability = fc.double({ min: 0, max: 1, noNaN: true });
const row = fc.oneof(
  {
    weight: 12,
    arbitrary: nearly({
      id,
      timestamp: time,
      features,
      prediction: fc.oneof(fc.constantFrom("yes", "no"), text, number, fc.boolean()),
      score: fc.option(probability),
      scores: fc.option(
        fc.dictionary(fc.oneof(fc.constantFrom("yes", "no"), text), probability, { maxKeys: 3 }),
      ),
      latency_ms: fc.option(number),
      segment: fc.option(
        fc.dictionary(fc.oneof(fc.constantFrom("plan", "carrier"), text), scalar, { maxKeys: 3 }),
      ),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ id, timestamp: time, error: text }, { requiredKeys: ["id", "timestamp"] }),
  },
  { weight: 1, arbitrary: json },
);
const label = fc.oneof(
  {
    weight: 8,
    arbitrary: nearly({
      id,
      label: fc.oneof(fc.constantFrom("yes", "no"), text, number, fc.boolean()),
      timestamp: time,
    }),
  },
  { weight: 1, arbitrary: json },
);

/** Names of models that are there, and others. */
export const model = fc.oneof({ weight: 5, arbitrary: fc.constantFrom("m", "r", "empty") }, text);
export const version = fc.oneof({ weight: 6, arbitrary: fc.constant("1") }, text);

const cells = fc.oneof(text, number.map(String));
const csv = fc
  .array(fc.array(cells, { minLength: 1, maxLength: 5 }), { maxLength: 8 })
  .map((rows) => rows.map((row) => row.join(",")).join("\n"));
const ndjson = (line: fc.Arbitrary<unknown>) =>
  fc
    .array(fc.oneof({ weight: 6, arbitrary: line.map((value) => JSON.stringify(value) ?? "") }, text), {
      maxLength: 12,
    })
    .map((lines) => lines.join("\n"));

export type Body = {
  type: string;
  content: string | Buffer;
  /** Rows that the request speaks of; null where that cannot be told from outside. */
  rows: number | null;
};

const asJson = (value: fc.Arbitrary<unknown>): fc.Arbitrary<Body> =>
  value.map((content) => ({ type: "application/json", content: JSON.stringify(content) ?? "", rows: null }));
const batch = (
  key: "predictions" | "labels",
  rows: fc.Arbitrary<unknown>,
  head: Record<string, fc.Arbitrary<unknown>>,
): fc.Arbitrary<Body> =>
  fc.record({ ...head, [key]: fc.array(rows, { maxLength: 12 }) }).map((content) => ({
    type: "application/json",
    content: JSON.stringify(content),
    rows: (content as unknown as Record<string, unknown[]>)[key]!.length,
  }));
const bytes: fc.Arbitrary<Body> = fc.uint8Array({ maxLength: 200 }).map((content) => ({
  type: "application/json",
  content: Buffer.from(content),
  rows: null,
}));
const asText = (type: string, content: fc.Arbitrary<string>): fc.Arbitrary<Body> =>
  content.map((each) => ({ type, content: each, rows: null }));

const threshold = fc.oneof(probability, number);
const column = nearly({
  name: fc.oneof(fc.constantFrom("amount", "age", "balance", "region", "plan"), text),
  role: fc.constantFrom("feature", "segment"),
  type: fc.constantFrom("numerical", "categorical"),
  monitored: fc.boolean(),
  unit: fc.option(text),
  description: fc.option(text),
  thresholds: fc.option(nearly({ alpha: threshold, effect_floor: threshold })),
});

/** Bodies that a route may meet, by method and path; what is not listed gets any JSON. */
const BODIES: Record<string, fc.Arbitrary<Body>> = {
  "POST /api/v1/predictions": fc.oneof(
    { weight: 8, arbitrary: batch("predictions", row, { model, version }) },
    { weight: 2, arbitrary: asText("application/x-ndjson", ndjson(row)) },
  ),
  "POST /api/v1/ground-truth": fc.oneof(
    { weight: 8, arbitrary: batch("labels", label, { model }) },
    { weight: 2, arbitrary: asText("application/x-ndjson", ndjson(label)) },
  ),
  "PUT /api/v1/models/{model}/versions/{version}/baseline": fc.oneof(
    asText("text/csv", csv),
    asText("application/x-ndjson", ndjson(row)),
    asJson(nearly({ from: time, to: time })),
    fc.uint8Array({ maxLength: 300 }).map((content) => ({
      type: "application/vnd.apache.parquet",
      content: Buffer.concat([Buffer.from("PAR1"), Buffer.from(content), Buffer.from("PAR1")]),
      rows: null,
    })),
  ),
  "PATCH /api/v1/models/{model}/versions/{version}/schema": asJson(
    nearly({
      features: fc.array(column, { maxLength: 3 }),
      settings: nearly({
        alpha: threshold,
        effect_floor: threshold,
        concept_chunk: number,
        concept_window: number,
        concept_sensitivity: number,
      }),
      positive_class: fc.option(fc.oneof(fc.constantFrom("yes", "no"), text)),
      task: fc.constantFrom("classification", "regression"),
    }),
  ),
  "POST /api/v1/keys": asJson(
    nearly({ name: text, scopes: fc.array(fc.constantFrom("ingest", "read", "admin", "root")) }),
  ),
};

export function bodyOf(route: string): fc.Arbitrary<Body> {
  return fc.oneof(
    { weight: 8, arbitrary: BODIES[route] ?? asJson(json) },
    { weight: 1, arbitrary: asJson(json) },
    { weight: 1, arbitrary: bytes },
  );
}

const field = fc.oneof(
  fc.constantFrom("amount", "region", "plan", "id", "score", "latency_ms", "prediction", "label", "error"),
  fc.constantFrom("features.amount", "segment.plan", "features.", "segment.__proto__"),
  text,
);
const filter = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .tuple(
        field,
        fc.constantFrom("eq", "ne", "lt", "le", "gt", "ge", "missing", "contains", "like"),
        fc.oneof(text, number.map(String)),
      )
      .map((parts) => parts.join(":")),
  },
  text,
);
const cursor = fc.oneof(
  text,
  json.map((value) => Buffer.from(JSON.stringify(value) ?? "").toString("base64url")),
  fc
    .tuple(fc.oneof(number, json), text)
    .map((value) => Buffer.from(JSON.stringify(value)).toString("base64url")),
  fc.constantFrom("0", "999999999999999999", "9999999999999999999"),
);

/** Times in an order that makes a window more often than not. */
const timeBetween = (from: number, to: number) =>
  fc.oneof(
    { weight: 6, arbitrary: fc.integer({ min: from, max: to }).map((ms) => new Date(ms).toISOString()) },
    { weight: 1, arbitrary: time },
  );
const mostly = (good: readonly string[], odd: fc.Arbitrary<string>) =>
  fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...good) }, { weight: 1, arbitrary: odd });

const QUERIES: Record<string, fc.Arbitrary<string>> = {
  from: timeBetween(Date.UTC(2026, 1, 20), Date.UTC(2026, 2, 2)),
  to: timeBetween(Date.UTC(2026, 2, 2), Date.UTC(2026, 2, 9)),
  bucket: mostly(["hour", "day", "week"], text),
  reference: fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom("baseline", "previous") },
    fc.tuple(time, time).map((times) => times.join("/")),
    text,
  ),
  segment: fc.oneof(
    fc.tuple(field, text).map((parts) => parts.join(":")),
    { weight: 3, arbitrary: fc.constantFrom("region:north", "prediction:yes", "plan:gold", ":", "region") },
    text,
  ),
  exact: mostly(["true", "false", "1"], text),
  filter,
  label: mostly(["any", "labelled", "unlabelled", "correct", "wrong", "error"], text),
  order: mostly(["asc", "desc"], text),
  limit: fc.oneof(
    { weight: 5, arbitrary: fc.integer({ min: 1, max: 1000 }).map(String) },
    number.map(String),
    text,
  ),
  cursor,
  format: mostly(["json", "csv"], text),
  model,
  version,
};

/** Name and value of each parameter that is sent, some unknown, some twice. */
export function queryOf(names: readonly string[]): fc.Arbitrary<[string, string][]> {
  const known = names.map((name) => (QUERIES[name] ?? text).map((value): [string, string] => [name, value]));
  const strange = fc.tuple(text, text);
  const one = known.length > 0 ? fc.oneof({ weight: 20, arbitrary: fc.oneof(...known) }, strange) : strange;
  return fc.array(one, { maxLength: known.length > 0 ? 4 : 1 });
}

/** A segment of a path as it is sent: a name, encoded, or bytes that no encoder would make. */
export function segmentOf(name: string): fc.Arbitrary<string> {
  const good = name === "model" ? model : name === "version" ? version : text;
  return fc.oneof(
    { weight: 8, arbitrary: good.map(escapeText) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        "..%2f",
        "%2e%2e",
        "..%5c",
        "%00",
        "%ff",
        "%C0%AF",
        "%E0%A4%A",
        "%",
        "%zz",
        "m;x=1",
        "a%2Fb",
        "m%20",
        "x".repeat(3000),
      ),
    },
  );
}

/** As encodeURIComponent, which refuses half a surrogate pair. */
export function escapeText(value: string): string {
  return encodeURIComponent(value.toWellFormed());
}
