import { expect, test } from "vitest";
import { HOSTILE } from "./hostile.fixture";
import { cardMarkdown, plain } from "./markdown";
import { emptyCard } from "./write-card";

test("a card as Markdown", () => {
  const card = emptyCard("credit_risk", "2");
  card.model_details = { ...card.model_details, date: "2026-03-01", owners: ["ada", "risk team"] };
  card.metrics = [
    { name: "auc", value: 0.81, threshold: 0.8 },
    { name: "val_loss", value: 0.5, threshold: 0.4 },
    { name: "f1", value: null, threshold: null },
  ];
  card.monitoring = ["weekly"];
  const text = cardMarkdown(card);
  expect(text).toContain("# credit\\_risk, version 2\n");
  expect(text).toContain("- **Owners:** ada, risk team\n");
  expect(text).toContain("- **License:** not said\n");
  expect(text).toContain("| auc | 0.81 | at least 0.8 | yes |\n");
  expect(text).toContain("| val\\_loss | 0.5 | at most 0.4 | no |\n");
  expect(text).toContain("| f1 | not said |  |  |\n");
  expect(text.endsWith("## Monitoring\n\n- weekly\n")).toBe(true);
});

test.each(HOSTILE)("%j stays text", (hostile) => {
  const written = plain(hostile);
  expect(written).not.toMatch(/[<>\n]/);
  // Neither a link nor an image, nor code that ends early.
  expect(written).not.toMatch(/(^|[^\\])[[\]`!|]/);
  expect(written).not.toMatch(/\b(javascript|data|vbscript):/i);
  const entities = written.match(/&[^;]*;/g) ?? [];
  expect(entities.filter((entity) => !["&amp;", "&lt;", "&gt;"].includes(entity))).toEqual([]);
});

test("what begins a list or a heading begins none", () => {
  expect(["- a", "+ b", "1. c", "12) d", "# e", "=== f"].map(plain)).toEqual([
    "\\- a",
    "\\+ b",
    "1\\. c",
    "12\\) d",
    "\\# e",
    "\\=== f",
  ]);
});
