import { useMemo, useState } from "react";
import { fillCard } from "@/lib/cards/fill";
import { readCard } from "@/lib/cards/read-card";
import type { CardReply } from "@/lib/cards/schema";
import { type CardPath, editCard } from "@/lib/cards/write-card";

export type Edit = (path: CardPath, value: unknown) => void;

/** A card while it is edited. The text is what is edited; the form writes into it, the preview reads from it. */
export function useCardDraft(reply: CardReply) {
  const [text, setText] = useState(reply.yaml);
  const reading = useMemo(() => readCard(text), [text]);
  // While a line is wrong the form and the preview show the last card that was right.
  const [lastCard, setLastCard] = useState(reading.card);
  if (reading.card !== null && reading.card !== lastCard) setLastCard(reading.card);

  const set: Edit = (path, value) => setText((before) => editCard(before, path, value));
  const setAll = (fields: readonly { path: CardPath; value: unknown }[]) =>
    setText((before) => fields.reduce((held, { path, value }) => editCard(held, path, value), before));
  const missing = reading.card ? fillCard(reading.card, reply.facts) : [];
  return { text, setText, reading, card: reading.card ?? lastCard, set, setAll, missing };
}
