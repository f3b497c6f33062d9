"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import Link from "next/link";
import { Ago } from "@/components/ui/ago";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card, CardTitle } from "@/components/ui/card";
import { ErrorState } from "@/components/ui/error-state";
import { Skeleton } from "@/components/ui/skeleton";
import { Table, Td, Th } from "@/components/ui/table";
import { formatTime } from "@/lib/charts/format";
import { promotionHref } from "@/lib/promotions/address";
import { actorWords, deedWords } from "@/lib/registry/change-words";
import { historyQuery } from "@/lib/registry/query";
import type { HistoryEntry } from "@/lib/registry/wire";

/** Who changed what of the model's versions, when and why. It is only ever added to. */
export function HistoryCard({ model }: { model: string }) {
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    historyQuery(model),
  );
  const changes = data?.pages.flatMap((page) => page.changes) ?? [];
  return (
    <Card aria-label="History">
      <CardTitle note="the latest first; nothing is ever taken out of it">History</CardTitle>
      {error ? <ErrorState what="The history could not be loaded" error={error} onRetry={refetch} /> : null}
      {!data && !error ? <Skeleton className="h-24" /> : null}
      {data && changes.length === 0 ? (
        <p className="text-mute">
          No stage and no alias has been changed yet. “Change” at a version does it; so does MLflow’s client
          with transition_model_version_stage and set_registered_model_alias.
        </p>
      ) : null}
      {changes.length > 0 ? (
        <Table label="History of the model’s versions">
          <thead>
            <tr>
              <Th>when</Th>
              <Th>who</Th>
              <Th>did</Th>
              <Th>why</Th>
            </tr>
          </thead>
          <tbody>
            {changes.map((change) => (
              <tr key={change.id} className="last:*:border-0">
                <Td className="whitespace-nowrap">
                  <Ago time={change.at} />
                  <span className="block text-mute text-xs">{formatTime(change.at)}</span>
                </Td>
                <Td className="min-w-24">{actorWords(change.actor)}</Td>
                <Td className="min-w-48 break-words">
                  {deedWords(change)} <WarrantMark change={change} />
                </Td>
                <Td className="min-w-32 break-words">{change.why ?? <span className="text-mute">–</span>}</Td>
              </tr>
            ))}
          </tbody>
        </Table>
      ) : null}
      {hasNextPage ? (
        <Button className="mt-2" size="sm" disabled={isFetchingNextPage} onClick={() => fetchNextPage()}>
          {isFetchingNextPage ? "Loading" : "Show earlier ones"}
        </Button>
      ) : null}
    </Card>
  );
}

/** By what right a protected stage or alias moved: the approved promotion, or how it was got around. */
function WarrantMark({ change: { warrant, promotion_id } }: { change: HistoryEntry }) {
  if (promotion_id)
    return (
      <Link href={promotionHref(promotion_id)} prefetch={false} className="link text-xs">
        by promotion
      </Link>
    );
  if (warrant === "override") return <Badge tone="high">override</Badge>;
  return warrant === "rollback" ? <Badge tone="medium">rollback</Badge> : null;
}
