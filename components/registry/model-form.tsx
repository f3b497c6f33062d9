"use client";

import { useState } from "react";
import { announce } from "@/components/ui/announce";
import { ErrorState } from "@/components/ui/error-state";
import { changeModel } from "@/lib/registry/query";
import type { ModelWordsChange, VersionList } from "@/lib/registry/wire";
import { type ChangeDraft, tagChange } from "./change-draft";
import { BeginAnew, DescriptionField, FormButtons, OwnerField, WhyField } from "./form-parts";
import { TagFields } from "./tag-fields";
import { useRegistryChange } from "./use-registry-change";

type Draft = Pick<ChangeDraft, "tags" | "description" | "owner" | "why">;

const toDraft = ({ tags, description, owner }: VersionList): Draft => ({
  tags: tags.map((tag, id) => ({ id, ...tag })),
  description,
  owner: owner ?? "",
  why: "",
});

/** Only what differs; null where nothing does. */
function toChange(list: VersionList, draft: Draft): ModelWordsChange | null {
  const change: ModelWordsChange = {};
  const tags = tagChange(list, draft);
  if (Object.keys(tags).length > 0) change.tags = tags;
  if (draft.description !== list.description) change.description = draft.description;
  const owner = draft.owner.trim() || null;
  if (owner !== list.owner) change.owner = owner;
  return Object.keys(change).length > 0 ? change : null;
}

export function ModelForm({
  model,
  list: now,
  onDone,
}: {
  model: string;
  list: VersionList;
  onDone: () => void;
}) {
  // As it was when the form opened: what is sent is held against it, however often the page renews.
  const [list, setList] = useState(now);
  const [draft, setDraft] = useState(() => toDraft(now));
  const set = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }));
  const save = useRegistryChange(
    model,
    (change: ModelWordsChange) => changeModel(model, change),
    () => {
      announce("success", `${model} is described anew.`);
      onDone();
    },
  );
  const change = toChange(list, draft);
  const overtaken = save.error !== null && now.revision !== list.revision;
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (change) save.mutate({ ...change, revision: list.revision, why: draft.why });
      }}
    >
      {save.error ? <ErrorState what="Nothing was changed" error={save.error} /> : null}
      {overtaken ? (
        <BeginAnew
          onClick={() => {
            setList(now);
            setDraft(toDraft(now));
            save.reset();
          }}
        />
      ) : null}
      <DescriptionField draft={draft} set={set} />
      <OwnerField draft={draft} set={set} />
      <TagFields tags={draft.tags} onChange={(tags) => set({ tags })} />
      <WhyField draft={draft} set={set} />
      <FormButtons isPending={save.isPending} disabled={!change} />
    </form>
  );
}
