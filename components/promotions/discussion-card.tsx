"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, type RefObject, useState } from "react";
import { ForRole } from "@/components/people/for-role";
import { Ago } from "@/components/ui/ago";
import { announce } from "@/components/ui/announce";
import { Badge, type BadgeTone } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card, CardTitle } from "@/components/ui/card";
import { ErrorState } from "@/components/ui/error-state";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/input";
import type { Deed } from "@/lib/promotions/decide";
import { decidePromotion, PROMOTIONS_KEY, promotionQuery } from "@/lib/promotions/query";
import type { Promotion, PromotionEvent } from "@/lib/promotions/schema";
import { actorWords } from "@/lib/registry/change-words";

const DONE: Record<Deed, string> = {
  approve: "Approved.",
  refuse: "Refused.",
  withdraw: "Withdrawn.",
  comment: "Said.",
};
const TONES: Partial<Record<PromotionEvent["kind"], BadgeTone>> = {
  approve: "good",
  refuse: "high",
  lapse: "medium",
};
const KINDS: Record<PromotionEvent["kind"], string> = {
  comment: "said",
  approve: "approved",
  refuse: "refused",
  withdraw: "withdrew",
  lapse: "lapsed",
};

/** What was said, and the one field in which it is decided. */
export function DiscussionCard({
  promotion,
  wordsRef,
}: {
  promotion: Promotion;
  wordsRef: RefObject<HTMLTextAreaElement | null>;
}) {
  const { promotion_id, model, events, may } = promotion;
  const client = useQueryClient();
  const [words, setWords] = useState("");
  const [empty, setEmpty] = useState(false);
  const decide = useMutation({
    mutationFn: (deed: Deed) => decidePromotion(promotion_id, deed, words),
    onSuccess: (after, deed) => {
      client.setQueryData(promotionQuery(promotion_id).queryKey, after);
      announce(
        "success",
        after.state === "promoted"
          ? `Approved: version ${after.version} of ${after.model} is in ${after.target.name} now.`
          : DONE[deed],
      );
      setWords("");
      return client.invalidateQueries({
        predicate: ({ queryKey }) => [PROMOTIONS_KEY[0], "registry", "models"].includes(String(queryKey[0])),
      });
    },
    onError: () => client.invalidateQueries({ queryKey: PROMOTIONS_KEY }),
  });
  const send = (deed: Deed) => {
    setEmpty(words.trim() === "");
    if (words.trim() === "") wordsRef.current?.focus();
    else decide.mutate(deed);
  };
  return (
    <Card aria-label="Decision">
      <CardTitle>Decision</CardTitle>
      {events.length > 0 ? (
        <ol className="mb-3 flex flex-col gap-2">
          {events.map((event) => (
            <li key={event.id}>
              <span className="flex flex-wrap items-center gap-1.5 text-xs">
                <span className="font-medium">{actorWords(event.actor)}</span>
                <Badge tone={TONES[event.kind] ?? "quiet"}>{KINDS[event.kind]}</Badge>
                <span className="text-mute">
                  <Ago time={event.at} />
                </span>
              </span>
              <p className="whitespace-pre-wrap break-words">{event.words}</p>
            </li>
          ))}
        </ol>
      ) : null}
      {decide.error ? <ErrorState what="It was not done" error={decide.error} className="mb-2" /> : null}
      <form
        className="flex flex-col gap-2"
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          send("comment");
        }}
      >
        <Field
          label="In words"
          hint={
            may.approve || may.refuse
              ? "What convinced you, or did not. It stands in the audit log."
              : "A comment, for whoever decides."
          }
          error={empty && words.trim() === "" ? "Say it in a sentence first." : undefined}
        >
          {(wiring) => (
            <Textarea
              {...wiring}
              ref={wordsRef}
              rows={3}
              maxLength={10_000}
              value={words}
              onChange={(event) => setWords(event.target.value)}
            />
          )}
        </Field>
        <div className="flex flex-wrap gap-2">
          {may.approve || may.refuse ? (
            <ForRole least="reviewer" model={model}>
              <div className="flex flex-wrap gap-2">
                {may.approve ? (
                  <Button tone="primary" disabled={decide.isPending} onClick={() => send("approve")}>
                    Approve
                  </Button>
                ) : null}
                {may.refuse ? (
                  <Button tone="danger" disabled={decide.isPending} onClick={() => send("refuse")}>
                    Refuse
                  </Button>
                ) : null}
              </div>
            </ForRole>
          ) : null}
          <ForRole least="analyst" model={model}>
            <div className="flex flex-wrap gap-2">
              <Button type="submit" disabled={decide.isPending}>
                Comment
              </Button>
              {may.withdraw ? (
                <Button tone="ghost" disabled={decide.isPending} onClick={() => send("withdraw")}>
                  Withdraw
                </Button>
              ) : null}
            </div>
          </ForRole>
        </div>
        {may.why_not && promotion.state === "open" ? (
          <p className="text-mute text-xs">You cannot approve it: {may.why_not}.</p>
        ) : null}
      </form>
    </Card>
  );
}
