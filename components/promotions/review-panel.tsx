"use client";

import { useQuery } from "@tanstack/react-query";
import { Mail, Printer } from "lucide-react";
import Link from "next/link";
import { useEffect, useRef } from "react";
import { ReportSkeleton } from "@/components/report/report-skeleton";
import { Ago } from "@/components/ui/ago";
import { Button, buttonStyle } from "@/components/ui/button";
import { Card, CardTitle } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy-button";
import { ErrorState } from "@/components/ui/error-state";
import { useOrigin } from "@/components/ui/use-origin";
import { formatTime } from "@/lib/charts/format";
import { versionHref } from "@/lib/models/address";
import { targetWords } from "@/lib/promotions/address";
import { promotionQuery } from "@/lib/promotions/query";
import type { Promotion } from "@/lib/promotions/schema";
import { shadowWords } from "@/lib/promotions/shadow-words";
import { summaryText } from "@/lib/promotions/summary-text";
import { promotionVerdict } from "@/lib/promotions/verdict";
import { actorWords } from "@/lib/registry/change-words";
import { DiscussionCard } from "./discussion-card";
import { EvidenceCard } from "./evidence-card";
import { GatesTable } from "./gates-table";
import { PromotionBadge } from "./promotion-badge";
import { SideBySideTables } from "./side-by-side";
import { useReviewKeys } from "./use-review-keys";

/** Everything that a reviewer needs to decide, in the order in which it is asked. */
export function ReviewPanel({ id }: { id: string }) {
  const { data, error, refetch } = useQuery(promotionQuery(id));
  if (!data) {
    if (!error) return <ReportSkeleton label="Loading the promotion" cards={["h-58", "h-32", "h-96"]} />;
    return <ErrorState what="The promotion could not be loaded" error={error} onRetry={refetch} />;
  }
  return (
    <>
      {error ? (
        <ErrorState
          what="The promotion could not be renewed"
          error={error}
          onRetry={refetch}
          stale
          className="mb-3"
        />
      ) : null}
      <Review promotion={data} />
    </>
  );
}

function Review({ promotion }: { promotion: Promotion }) {
  const { model, version, target, champion, snapshot } = promotion;
  const origin = useOrigin();
  const words = useRef<HTMLTextAreaElement>(null);
  useReviewKeys(words);
  useEffect(() => {
    document.title = `${model} ${version} → ${targetWords(target)} · Tidemark`;
  }, [model, version, target]);
  const text = () => summaryText(promotion, origin);
  const live = versionHref({ model, version }, "compare", champion ? { with: champion } : {});
  return (
    <>
      <div className="mb-3 flex flex-wrap items-start gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-100">
          <p className="mb-1 flex flex-wrap items-center gap-2 text-sm">
            <PromotionBadge state={promotion.state} />
            <span>
              <Link href={versionHref({ model, version })} prefetch={false} className="link font-medium">
                {model} version {version}
              </Link>{" "}
              to {targetWords(target)}
              {champion ? (
                <>
                  {" "}
                  in place of{" "}
                  <Link href={versionHref({ model, version: champion })} prefetch={false} className="link">
                    version {champion}
                  </Link>
                </>
              ) : (
                ", which holds nothing yet"
              )}
            </span>
          </p>
          <p className="verdict">{promotionVerdict(promotion)}</p>
          <p className="mt-1 whitespace-pre-wrap break-words text-soft">
            <span className="text-mute">
              {actorWords(promotion.asked_by)} asked <Ago time={promotion.asked_at} />:
            </span>{" "}
            {promotion.reason}
          </p>
        </div>
        <div className="flex flex-wrap gap-2 print:hidden">
          <CopyButton text={text} size="sm">
            Copy as text
          </CopyButton>
          <a
            className={buttonStyle({ size: "sm" })}
            href={`mailto:?subject=${encodeURIComponent(`Promotion of ${model} version ${version} to ${target.name}`)}&body=${encodeURIComponent(summaryText(promotion, origin))}`}
          >
            <Mail aria-hidden="true" /> Mail
          </a>
          <Button size="sm" onClick={() => window.print()}>
            <Printer aria-hidden="true" /> Print
          </Button>
        </div>
      </div>
      <div className="grid items-start gap-3.5 xl:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="flex min-w-0 flex-col gap-3.5">
          <Card aria-label="Gates">
            <CardTitle
              note={`judged ${formatTime(snapshot.judged_at)}, by revision ${snapshot.policy_revision} of the policy`}
            >
              Gates
            </CardTitle>
            {snapshot.gates.length > 0 ? (
              <GatesTable gates={snapshot.gates} />
            ) : (
              <p className="text-mute">
                The policy sets no gate for {targetWords(target)}: approvals alone decide.
              </p>
            )}
          </Card>
          <EvidenceCard promotion={promotion} />
        </div>
        <div className="min-w-0 xl:sticky xl:top-4 xl:col-start-2 xl:row-span-2 xl:row-start-1">
          <DiscussionCard promotion={promotion} wordsRef={words} />
          <p className="mt-2 text-mute text-xs max-sm:hidden print:hidden">
            <kbd className="rounded-sm border border-line px-1 font-sans text-2xs">w</kbd> goes to the words,{" "}
            <kbd className="rounded-sm border border-line px-1 font-sans text-2xs">g</kbd> to the gates,{" "}
            <kbd className="rounded-sm border border-line px-1 font-sans text-2xs">e</kbd> to the evidence,{" "}
            <kbd className="rounded-sm border border-line px-1 font-sans text-2xs">c</kbd> to the comparison.
          </p>
        </div>
        <Card aria-label="Champion and challenger" className="xl:col-start-1 xl:row-start-2">
          <CardTitle
            note="as of when it was asked for"
            action={
              <Link href={live} prefetch={false} className="link text-xs">
                as of now
              </Link>
            }
          >
            {champion ? "Champion against challenger" : "The challenger"}
          </CardTitle>
          {champion ? (
            <>
              <h3 className="mb-0.5 font-medium text-sm">
                Shadow{" "}
                <span className="font-normal text-mute text-xs">where both predicted the same ids</span>
              </h3>
              <p className="mb-3">{shadowWords(snapshot.shadow, { champion, challenger: version })}</p>
            </>
          ) : null}
          <SideBySideTables
            sections={snapshot.comparison}
            champion={champion ?? "none"}
            challenger={version}
          />
        </Card>
      </div>
    </>
  );
}
