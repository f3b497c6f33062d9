import { cardQuery } from "@/lib/cards/query";
import { reportCard } from "@/lib/cards/report";
import { CardReply } from "@/lib/cards/schema";
import { lineageQuery } from "@/lib/lineage/query";
import { reportLineage } from "@/lib/lineage/report";
import { Lineage } from "@/lib/lineage/schema";
import type { VersionAddress } from "@/lib/models/address";
import type { Answer } from "@/lib/server/prefetch";

export const cardAnswer = (address: VersionAddress, revision: number | null): Answer<CardReply> => ({
  query: cardQuery(address, revision),
  reply: CardReply,
  verb: ({ db }) => reportCard(db, address, { revision }),
});

export const lineageAnswer = (address: VersionAddress): Answer<Lineage> => ({
  query: lineageQuery(address),
  reply: Lineage,
  verb: ({ db }) => reportLineage(db, address),
});
