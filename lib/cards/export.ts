import { z } from "zod";
import type { Database } from "@/lib/db/client";
import { TidemarkError } from "@/lib/errors";
import type { VersionAt } from "@/lib/registry/versions";
import { cardMarkdown } from "./markdown";
import { reportCard } from "./report";

export const CardFormat = z.enum(["markdown", "yaml", "json"]);
export type CardFormat = z.infer<typeof CardFormat>;

export const CARD_MEDIA = {
  markdown: { type: "text/markdown", ending: "md" },
  yaml: { type: "application/yaml", ending: "yaml" },
  json: { type: "application/json", ending: "json" },
} as const;

/** A version's card as a file. @throws TidemarkError as `reportCard` */
export async function exportCard(
  db: Database,
  at: VersionAt,
  { format, revision }: { format: CardFormat; revision?: number | undefined },
): Promise<string> {
  const { yaml, card } = await reportCard(db, at, { revision });
  if (format === "yaml") return yaml;
  if (!card) {
    throw new TidemarkError(
      "conflict",
      "this card is not in the shape that this program knows: export it as yaml",
    );
  }
  return format === "json" ? `${JSON.stringify(card, null, 2)}\n` : cardMarkdown(card);
}
