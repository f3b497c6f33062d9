import { isCollection, isScalar, parseDocument, stringify } from "yaml";
import type { ModelCard } from "./schema";

const STYLE = { lineWidth: 0 } as const;

/** Every field of the shape, in its order, answered or not. */
export const writeCard = (card: ModelCard): string => stringify(card, STYLE);

/** A field of a card, as a path: ["metrics"], ["training_data", "size"]. */
export type CardPath = readonly [keyof ModelCard] | readonly [keyof ModelCard, string];

/** Sets one field in a card's text and leaves the rest, comments included, as somebody wrote it. */
export function editCard(text: string, path: CardPath, value: unknown): string {
  const document = parseDocument(text);
  if (!isCollection(document.contents)) document.contents = document.createNode({}) as never;
  if (path.length === 2) {
    const parent = document.get(path[0], true);
    if (!isCollection(parent)) document.set(path[0], document.createNode({}));
  }
  const held = document.getIn(path, true);
  // A scalar keeps the comment beside it.
  if (isScalar(held) && (value === null || typeof value !== "object")) held.value = value;
  else document.setIn(path, document.createNode(value));
  return document.toString(STYLE);
}

export const emptyCard = (name: string, version: string): ModelCard => ({
  model_details: { name, version, date: null, owners: [], license: null },
  intended_use: { primary_uses: [], out_of_scope: [] },
  training_data: { source: null, date_range: null, size: null, preprocessing: [] },
  metrics: [],
  ethical_considerations: [],
  monitoring: [],
});
