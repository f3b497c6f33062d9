"use client";

import { useState } from "react";
import { useReason } from "@/components/people/person-context";
import { announce } from "@/components/ui/announce";
import { ErrorState } from "@/components/ui/error-state";
import { Field } from "@/components/ui/field";
import { Input, Select } from "@/components/ui/input";
import { ApiError } from "@/lib/http/request";
import type { VersionAddress } from "@/lib/models/address";
import type { Stage } from "@/lib/models/schema";
import { STAGES } from "@/lib/models/stages";
import { changeVersion } from "@/lib/registry/query";
import type { VersionChange, VersionRecord } from "@/lib/registry/wire";
import { archives, type ChangeDraft, toChange, toDraft } from "./change-draft";
import { BeginAnew, DescriptionField, FormButtons, OwnerField, WhyField } from "./form-parts";
import { TagFields } from "./tag-fields";
import { useRegistryChange } from "./use-registry-change";

export function ChangeForm({
  address,
  record: now,
  onDone,
}: {
  address: VersionAddress;
  record: VersionRecord;
  onDone: () => void;
}) {
  // The record as it was when the form opened: what is sent is held against it, however often the page renews.
  const [record, setRecord] = useState(now);
  const [draft, setDraft] = useState(() => toDraft(now));
  const set = (part: Partial<ChangeDraft>) => setDraft((before) => ({ ...before, ...part }));
  const save = useRegistryChange(
    address.model,
    (change: VersionChange) => changeVersion(address, change),
    () => {
      announce("success", `Version ${address.version} is changed.`);
      onDone();
    },
  );
  const mayNotMove = useReason("reviewer", address.model);
  const change = toChange(record, draft);
  const refused = promotionOf(save.error);
  const overtaken = save.error !== null && now.revision !== record.revision;

  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        const override = draft.override.trim();
        if (change)
          save.mutate({
            ...change,
            revision: record.revision,
            why: draft.why,
            ...(override ? { override } : {}),
          });
      }}
    >
      {save.error ? <ErrorState what="Nothing was changed" error={save.error} /> : null}
      {refused ? (
        <div className="flex flex-col gap-2">
          <a className="link w-fit" href={refused}>
            Go there
          </a>
          <Field
            label="Override the protection, as an administrator, because"
            hint="It stands in the history and, as an override, in the audit log."
          >
            {(wiring) => (
              <Input
                {...wiring}
                value={draft.override}
                maxLength={2000}
                onChange={(event) => set({ override: event.target.value })}
              />
            )}
          </Field>
        </div>
      ) : null}
      {overtaken ? (
        <BeginAnew
          onClick={() => {
            setRecord(now);
            setDraft(toDraft(now));
            save.reset();
          }}
        />
      ) : null}
      <div className="flex flex-wrap items-end gap-x-4 gap-y-2">
        <Field label="Stage">
          {(wiring) => (
            <Select
              {...wiring}
              disabled={mayNotMove !== null}
              title={mayNotMove ?? undefined}
              value={draft.stage}
              onChange={(event) => set({ stage: event.target.value as Stage })}
            >
              {STAGES.map((stage) => (
                <option key={stage} value={stage}>
                  {stage === "None" ? "No stage" : stage}
                </option>
              ))}
            </Select>
          )}
        </Field>
        {draft.stage !== record.stage && archives(draft.stage) ? (
          <label className="flex items-center gap-2 py-1.5">
            <input
              type="checkbox"
              checked={draft.archive}
              onChange={(event) => set({ archive: event.target.checked })}
            />
            Archive what is in {draft.stage} now
          </label>
        ) : null}
      </div>
      <Field label="Aliases" hint="Separated by commas. One that another version has moves here.">
        {(wiring) => (
          <Input
            {...wiring}
            disabled={mayNotMove !== null}
            title={mayNotMove ?? undefined}
            value={draft.aliases}
            onChange={(event) => set({ aliases: event.target.value })}
          />
        )}
      </Field>
      <TagFields tags={draft.tags} onChange={(tags) => set({ tags })} />
      <DescriptionField draft={draft} set={set} />
      <OwnerField draft={draft} set={set} />
      <WhyField draft={draft} set={set} />
      <FormButtons isPending={save.isPending} disabled={!change} />
    </form>
  );
}

/** Where the promotion is, or is asked for, that a refused change needs. */
function promotionOf(error: unknown): string | null {
  if (!(error instanceof ApiError) || error.code !== "forbidden") return null;
  const [detail] = error.details as { url?: unknown }[];
  return typeof detail?.url === "string" ? detail.url : null;
}
