"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Sparkles } from "lucide-react";
import { useState } from "react";
import { announce } from "@/components/ui/announce";
import { Button } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Tabs, TabsContent, TabsList, TabsTrigger } from "@/components/ui/tabs";
import { cardQuery, saveCard } from "@/lib/cards/query";
import type { CardReply } from "@/lib/cards/schema";
import type { VersionAddress } from "@/lib/models/address";
import { CardDocument } from "./card-document";
import { CardForm } from "./card-form";
import { ImportDialog } from "./import-dialog";
import { ProblemList } from "./problem-list";
import { RawText } from "./raw-text";
import { useCardDraft } from "./use-card-draft";
import { useLeaveGuard } from "./use-leave-guard";

export function CardEditor({
  address,
  reply: now,
  onDone,
}: {
  address: VersionAddress;
  reply: CardReply;
  onDone: () => void;
}) {
  // As it was when the editor opened: a save is held against that, whoever saves meanwhile.
  const [reply] = useState(now);
  const { text, setText, reading, card, set, setAll, missing } = useCardDraft(reply);
  const [why, setWhy] = useState("");
  const [line, setLine] = useState<number | null>(null);
  const [tab, setTab] = useState(card ? "form" : "text");
  const client = useQueryClient();
  const changed = text !== reply.yaml || reply.revision === 0;
  useLeaveGuard(text !== reply.yaml);
  const save = useMutation({
    mutationFn: () => saveCard(address, { yaml: text, revision: reply.latest_revision, why }),
    onSuccess: (saved) => {
      client.setQueryData(cardQuery(address).queryKey, saved);
      announce("success", `Revision ${saved.revision} of the card is saved.`);
      onDone();
    },
  });
  const right = reading.problems.length === 0;

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (right) save.mutate();
      }}
    >
      <div className="mb-3 flex flex-wrap items-end gap-x-2 gap-y-2">
        <Field label="Why" className="min-w-40 flex-1 sm:max-w-md">
          {(wiring) => (
            <Input
              {...wiring}
              value={why}
              maxLength={2000}
              placeholder="what this revision is for"
              onChange={(event) => setWhy(event.target.value)}
            />
          )}
        </Field>
        <Button type="submit" tone="primary" disabled={!right || !changed || save.isPending}>
          {save.isPending ? "Saving" : `Save revision ${reply.latest_revision + 1}`}
        </Button>
        <Button onClick={onDone}>Leave it</Button>
        <div className="ml-auto flex flex-wrap gap-2 max-sm:ml-0">
          <Button disabled={missing.length === 0} onClick={() => setAll(missing)}>
            <Sparkles aria-hidden="true" />
            {missing.length === 0
              ? "All that Tidemark knows is in"
              : `Fill in ${missing.length} that Tidemark knows`}
          </Button>
          <ImportDialog card={right ? card : null} onImport={setAll} />
        </div>
      </div>
      {save.error ? <ErrorState what="The card was not saved" error={save.error} className="mb-3" /> : null}
      <ProblemList
        problems={reading.problems}
        onOpen={(at) => {
          setTab("text");
          setLine(at);
        }}
      />
      <div className="grid items-start gap-3.5 xl:grid-cols-2">
        <Tabs value={tab} onValueChange={setTab} className="min-w-0">
          <TabsList aria-label="How to edit">
            <TabsTrigger value="form">Form</TabsTrigger>
            <TabsTrigger value="text">Raw text</TabsTrigger>
          </TabsList>
          <TabsContent value="form">
            {card ? (
              <CardForm card={card} disabled={!right} onEdit={set} />
            ) : (
              <p className="text-mute">The form opens when the raw text is a card.</p>
            )}
          </TabsContent>
          <TabsContent value="text">
            <RawText
              text={text}
              problems={reading.problems}
              line={line}
              onChange={setText}
              onShown={() => setLine(null)}
            />
          </TabsContent>
        </Tabs>
        <section aria-label="Preview" className="min-w-0 xl:sticky xl:top-4">
          <h2 className="mb-3 border-line border-b py-1.5 text-mute">
            Preview{right ? "" : ", of the last text without a fault"}
          </h2>
          {card ? <CardDocument card={card} /> : <p className="text-mute">Nothing to show yet.</p>}
        </section>
      </div>
    </form>
  );
}
