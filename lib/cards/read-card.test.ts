import { expect, test } from "vitest";
import { HOSTILE } from "./hostile.fixture";
import { problemWords, readCard } from "./read-card";
import { emptyCard, writeCard } from "./write-card";

const CARD = `# kept by the risk team
model_details:
  name: credit-risk
  version: 2
  date: 2026-03-01
  owners: [ada]
  license: apache-2.0
intended_use:
  primary_uses:
    - rank applications
  out_of_scope: []
training_data:
  source: applications
  size: 4000
metrics:
  - {name: auc, value: 0.81, threshold: 0.8}
  - name: log_loss
ethical_considerations:
monitoring: []
`;
const told = (text: string) => readCard(text).problems.map(problemWords);

test("reads a card; what is left out is empty, a number where a text belongs is one", () => {
  expect(readCard(CARD)).toEqual({
    problems: [],
    card: {
      model_details: {
        name: "credit-risk",
        version: "2",
        date: "2026-03-01",
        owners: ["ada"],
        license: "apache-2.0",
      },
      intended_use: { primary_uses: ["rank applications"], out_of_scope: [] },
      training_data: { source: "applications", date_range: null, size: "4000", preprocessing: [] },
      metrics: [
        { name: "auc", value: 0.81, threshold: 0.8 },
        { name: "log_loss", value: null, threshold: null },
      ],
      ethical_considerations: [],
      monitoring: [],
    },
  });
});

test.each([
  ["value: 0.81", "value: high", "line 16: metrics.0.value: expected a number"],
  ["2026-03-01", "March", "line 5: model_details.date: expected a date such as 2026-03-01"],
  ["owners: [ada]", "owners: ada", "line 6: model_details.owners: expected a list of texts"],
  ["  name: credit-risk\n", "", "line 2: model_details.name: is missing: expected a text"],
  ["name: credit-risk", 'name: " "', "line 3: model_details.name: must not be empty"],
  ["  size: 4000", "  sise: 4000", "line 14: training_data.sise: there is no such field in a model card"],
  ["monitoring: []", "monitoring: []\nextra: 1", "line 20: extra: there is no such field in a model card"],
  ["    - rank applications", "    - {a: b}", "line 10: intended_use.primary_uses.0: expected a text"],
  ["  - name: log_loss", "  - value: 1", "line 17: metrics.1.name: is missing: expected a text"],
  ["0.81", ".nan", "line 16: metrics.0.value: expected a number"],
  ["metrics:\n", "metrics: none\nx:\n", "line 15: metrics: expected a list of {name, value, threshold}"],
])("%j become %j: %s", (from, to, problem) => {
  expect(told(CARD.replace(from, to))).toContain(problem);
});

test("what is no YAML is told with its line, too", () => {
  expect(told("model_details:\n  name: [a\nmetrics: []")[0]).toMatch(/^line 3: /);
  expect(told(`${CARD}monitoring: []\n`)).toEqual(["line 20: Map keys must be unique"]);
  expect(told(`${CARD}---\na: b\n`)[0]).toMatch(/^line 2\d: .*multiple documents/);
  expect(told("\tx: 1")[0]).toMatch(/^line 1: /);
  expect(told(CARD.replace("[ada]", "!!js/function 'x'"))[0]).toMatch(/^line 6: Unresolved tag/);
});

test("what is no card at all is refused in words", () => {
  expect(told("")).toEqual(["line 1: the card is empty"]);
  expect(told("just words")[0]).toMatch(/expected the fields model_details/);
  expect(told("- 1")[0]).toMatch(/expected the fields model_details/);
  expect(told("x".repeat(200_001))[0]).toMatch(/more than 200,000 characters/);
  expect(told("[".repeat(100_000))[0]).toMatch(/^line 1: /);
});

test("a bomb of anchors is refused", () => {
  const levels = ["a: &a [x,x,x,x,x,x,x,x,x]"];
  for (const [at, name] of [..."bcdefghi"].entries()) {
    levels.push(`${name}: &${name} [${Array(9).fill(`*${"abcdefghi"[at]}`).join(",")}]`);
  }
  expect(told(levels.join("\n"))[0]).toMatch(/alias/i);
});

test("names of JavaScript's own are fields like any other", () => {
  expect(told(`${CARD}__proto__: {polluted: true}\n`)).toEqual([
    "line 20: __proto__: there is no such field in a model card",
  ]);
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
});

test("what is written is read back as it was, hostile text included", () => {
  const card = {
    ...emptyCard("m", "1"),
    ethical_considerations: [...HOSTILE],
    monitoring: ["- a", "b: c", "", "~"],
  };
  expect(readCard(writeCard(card))).toEqual({ card, problems: [] });
});
