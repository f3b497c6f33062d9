import Link from "next/link";
import { SortHeader } from "@/components/models/sort-header";
import { Ago } from "@/components/ui/ago";
import { nextOrder, type Order, type OrderValues } from "@/components/ui/ordered";
import { Table, Td, Th } from "@/components/ui/table";
import { toCsv } from "@/lib/charts/csv";
import type { Direction } from "@/lib/models/order";
import { targetWords } from "@/lib/promotions/address";
import type { PromotionSummary } from "@/lib/promotions/schema";
import type { PromotionSort } from "@/lib/promotions/sorts";
import { PROMOTION_STATES } from "@/lib/promotions/states";
import { actorWords } from "@/lib/registry/change-words";
import { PromotionBadge } from "./promotion-badge";

const FIRST: Record<PromotionSort, Direction> = {
  state: "asc",
  promotion: "asc",
  gates: "desc",
  approvals: "desc",
  asked: "desc",
  decided: "desc",
};

const nameOf = ({ model, version, target }: PromotionSummary) =>
  `${model} ${version} → ${targetWords(target)}`;

export const promotionValues: OrderValues<PromotionSort, PromotionSummary> = {
  state: ({ state }) => PROMOTION_STATES.indexOf(state),
  promotion: nameOf,
  gates: ({ failed }) => failed,
  approvals: ({ approvals }) => (approvals.needed === 0 ? null : approvals.given / approvals.needed),
  asked: ({ asked_at }) => Date.parse(asked_at),
  decided: ({ decided_at }) => (decided_at ? Date.parse(decided_at) : null),
};

/** What the filter looks for words in. */
export const promotionWords = (each: PromotionSummary) => [
  nameOf(each),
  actorWords(each.asked_by),
  each.decided_by && actorWords(each.decided_by),
  each.reason,
  each.state_why,
];

export function promotionsCsv(promotions: readonly PromotionSummary[]): string {
  return toCsv(
    [
      ...["promotion_id", "model", "version", "target", "state", "state_why", "gates", "failed"],
      ...["approvals_given", "approvals_needed", "champion", "asked_by", "asked_at", "reason"],
      ...["decided_by", "decided_at"],
    ],
    promotions.map((each) => [
      each.promotion_id,
      each.model,
      each.version,
      targetWords(each.target),
      each.state,
      each.state_why,
      each.gates,
      each.failed,
      each.approvals.given,
      each.approvals.needed,
      each.champion,
      each.asked_by,
      each.asked_at,
      each.reason,
      each.decided_by,
      each.decided_at,
    ]),
  );
}

export function PromotionsTable({
  promotions,
  order,
  onOrder,
}: {
  promotions: readonly PromotionSummary[];
  order: Order<PromotionSort>;
  onOrder: (order: Order<PromotionSort>) => void;
}) {
  const header = (by: PromotionSort) => ({
    direction: order?.by === by ? order.direction : null,
    onSort: () => onOrder(nextOrder(order, by, FIRST[by])),
  });
  return (
    <Table label="Promotions" className="min-w-160">
      <thead>
        <tr>
          <SortHeader {...header("state")}>state</SortHeader>
          <SortHeader {...header("promotion")}>promotion</SortHeader>
          <SortHeader {...header("gates")}>gates</SortHeader>
          <SortHeader {...header("approvals")}>approvals</SortHeader>
          <SortHeader {...header("asked")}>asked by</SortHeader>
          <Th>reason</Th>
          <SortHeader {...header("decided")}>decided</SortHeader>
        </tr>
      </thead>
      <tbody>
        {promotions.map((each) => (
          <PromotionRow key={each.promotion_id} promotion={each} />
        ))}
      </tbody>
    </Table>
  );
}

function PromotionRow({ promotion: each }: { promotion: PromotionSummary }) {
  return (
    <tr className="last:*:border-0">
      <Td>
        <PromotionBadge state={each.state} />
      </Td>
      <Td className="min-w-40">
        <Link href={each.url} prefetch={false} className="link font-medium">
          {each.model} {each.version} → {targetWords(each.target)}
        </Link>
        {each.champion ? (
          <span className="block text-mute text-xs">in place of version {each.champion}</span>
        ) : null}
      </Td>
      <Td className="whitespace-nowrap">
        {each.failed > 0 ? (
          <span className="font-medium text-high">
            {each.failed} of {each.gates} failed
          </span>
        ) : (
          <span className="text-good">{each.gates === 0 ? "none set" : `${each.gates} passed`}</span>
        )}
      </Td>
      <Td className="whitespace-nowrap">
        {each.approvals.given} of {each.approvals.needed}
      </Td>
      <Td className="min-w-28">
        {actorWords(each.asked_by)}
        <span className="block text-mute text-xs">
          <Ago time={each.asked_at} />
        </span>
      </Td>
      <Td className="min-w-48">
        <span className="line-clamp-2 break-words">{each.reason}</span>
      </Td>
      <Td className="min-w-32">
        {each.decided_at ? (
          <>
            <Ago time={each.decided_at} />
            <span className="block break-words text-mute text-xs">
              {each.decided_by ? `by ${actorWords(each.decided_by)}` : each.state_why}
            </span>
          </>
        ) : (
          <span className="text-mute">not yet</span>
        )}
      </Td>
    </tr>
  );
}
