"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { ForRole } from "@/components/people/for-role";
import { ReportSkeleton } from "@/components/report/report-skeleton";
import { Ago } from "@/components/ui/ago";
import { announce } from "@/components/ui/announce";
import { Button } from "@/components/ui/button";
import { Card, CardTitle } from "@/components/ui/card";
import { ErrorState } from "@/components/ui/error-state";
import { Field } from "@/components/ui/field";
import { Input, Select } from "@/components/ui/input";
import { plural } from "@/lib/charts/format";
import {
  draftOf,
  GATE_FIELDS,
  type GateDraft,
  type GateKind,
  gateOf,
  newGate,
} from "@/lib/promotions/gate-fields";
import { PROMOTIONS_KEY, policyQuery, savePolicy } from "@/lib/promotions/query";
import type { Policy, PolicySave, Target } from "@/lib/promotions/schema";
import { actorWords } from "@/lib/registry/change-words";
import { GateEditor } from "./gate-editor";

type TargetDraft = { id: number; kind: Target["kind"]; name: string; approvals: string; gates: Gates };
type Gates = { id: number; draft: GateDraft }[];

let drafts = 0;
const next = () => ++drafts;

const toDraft = ({ kind, name, approvals, gates }: Policy["targets"][number]): TargetDraft => ({
  id: next(),
  kind,
  name,
  approvals: String(approvals),
  gates: gates.map((gate) => ({ id: next(), draft: draftOf(gate) })),
});

/** What protects the stages and aliases of a model, as a form. */
export function PolicyPanel({ model }: { model: string }) {
  const { data, error, refetch } = useQuery(policyQuery(model));
  if (!data) {
    if (!error) return <ReportSkeleton label="Loading the policy" cards={["h-58"]} />;
    return <ErrorState what="The policy could not be loaded" error={error} onRetry={refetch} />;
  }
  // A save elsewhere begins the form anew; what was typed is refused by its revision rather than lost unseen.
  return (
    <ForRole least="admin" model={model} className="flex flex-col-reverse gap-2">
      <PolicyForm key={data.revision} policy={data} />
    </ForRole>
  );
}

function PolicyForm({ policy }: { policy: Policy }) {
  const { model, revision } = policy;
  const client = useQueryClient();
  const [targets, setTargets] = useState(() => policy.targets.map(toDraft));
  const [why, setWhy] = useState("");
  const save = useMutation({
    mutationFn: () =>
      savePolicy(model, {
        revision,
        why,
        targets: targets.map(({ kind, name, approvals, gates }) => ({
          kind,
          name: name.trim(),
          approvals: Number(approvals),
          gates: gates.map(({ draft }) => gateOf(draft)),
        })),
      } as unknown as PolicySave),
    onSuccess: (saved) => {
      client.setQueryData(policyQuery(model).queryKey, saved);
      announce("success", `Policy of ${model} saved as revision ${saved.revision}.`);
      return client.invalidateQueries({ queryKey: PROMOTIONS_KEY });
    },
  });
  const change = (id: number, to: Partial<TargetDraft>) =>
    setTargets(targets.map((each) => (each.id === id ? { ...each, ...to } : each)));
  return (
    <form
      className="flex max-w-5xl flex-col gap-3.5"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <p className="verdict">{policyVerdict(policy)}</p>
      {policy.saved_at ? (
        <p className="-mt-2 text-mute text-xs">
          revision {revision}, saved by {actorWords(policy.actor ?? "")} <Ago time={policy.saved_at} />
          {policy.why ? `: ${policy.why}` : ""}
        </p>
      ) : null}
      {targets.map((target) => (
        <TargetCard
          key={target.id}
          target={target}
          onChange={(to) => change(target.id, to)}
          onRemove={() => setTargets(targets.filter(({ id }) => id !== target.id))}
        />
      ))}
      <div className="flex flex-wrap gap-2">
        <Button
          onClick={() =>
            setTargets([
              ...targets,
              {
                id: next(),
                kind: "stage",
                name: targets.some(({ name }) => name === "Production") ? "Staging" : "Production",
                approvals: "1",
                gates: [],
              },
            ])
          }
        >
          <Plus aria-hidden="true" /> Protect a stage
        </Button>
        <Button
          onClick={() =>
            setTargets([...targets, { id: next(), kind: "alias", name: "", approvals: "1", gates: [] }])
          }
        >
          <Plus aria-hidden="true" /> Protect an alias
        </Button>
      </div>
      <Card aria-label="Save">
        {save.error ? <ErrorState what="Nothing was saved" error={save.error} className="mb-2" /> : null}
        <div className="flex flex-wrap items-end gap-3">
          <Field
            label="Why"
            hint="Kept with the revision and in the audit log."
            className="min-w-0 flex-1 basis-60"
          >
            {(wiring) => (
              <Input
                {...wiring}
                value={why}
                maxLength={2000}
                onChange={(event) => setWhy(event.target.value)}
              />
            )}
          </Field>
          <Button type="submit" tone="primary" className="mb-5" disabled={save.isPending}>
            {save.isPending ? "Saving" : "Save policy"}
          </Button>
        </div>
        <p className="text-mute text-xs">Open requests for a target whose gates change lapse.</p>
      </Card>
    </form>
  );
}

function policyVerdict({ model, targets }: Policy): string {
  if (targets.length === 0)
    return `Nothing of ${model} is protected: whoever may change it moves versions to any stage or alias directly.`;
  const each = targets.map(
    ({ kind, name, approvals, gates }) =>
      `${kind === "alias" ? `@${name}` : name} by ${plural(gates.length, "gate")} and ${plural(approvals, "approval")}`,
  );
  return `${model} is protected: ${each.join("; ")}.`;
}

function TargetCard({
  target: { kind, name, approvals, gates },
  onChange,
  onRemove,
}: {
  target: TargetDraft;
  onChange: (to: Partial<TargetDraft>) => void;
  onRemove: () => void;
}) {
  const title = kind === "alias" ? `Alias ${name || "…"}` : name;
  return (
    <Card aria-label={title}>
      <CardTitle
        action={
          <Button size="sm" tone="danger" onClick={onRemove}>
            <Trash2 aria-hidden="true" /> Protect it no longer
          </Button>
        }
      >
        {title}
      </CardTitle>
      <div className="mb-3 flex flex-wrap gap-3">
        <Field label={kind === "alias" ? "Alias" : "Stage"}>
          {(wiring) =>
            kind === "alias" ? (
              <Input
                {...wiring}
                required
                value={name}
                placeholder="champion"
                onChange={(event) => onChange({ name: event.target.value })}
              />
            ) : (
              <Select {...wiring} value={name} onChange={(event) => onChange({ name: event.target.value })}>
                <option>Production</option>
                <option>Staging</option>
              </Select>
            )
          }
        </Field>
        <Field label="Approvals" hint="by others than who asks; 0: the gates alone decide">
          {(wiring) => (
            <Input
              {...wiring}
              type="number"
              min={0}
              max={20}
              required
              value={approvals}
              onChange={(event) => onChange({ approvals: event.target.value })}
            />
          )}
        </Field>
      </div>
      <div className="flex flex-col gap-2.5">
        {gates.map(({ id, draft }) => (
          <GateEditor
            key={id}
            draft={draft}
            onChange={(changed) =>
              onChange({ gates: gates.map((each) => (each.id === id ? { id, draft: changed } : each)) })
            }
            onRemove={() => onChange({ gates: gates.filter((each) => each.id !== id) })}
          />
        ))}
        <Select
          aria-label={`Add a gate to ${title}`}
          className="w-fit"
          value=""
          onChange={(event) =>
            onChange({
              gates: [...gates, { id: next(), draft: newGate(event.target.value as GateKind) }],
            })
          }
        >
          <option value="" disabled>
            Add a gate …
          </option>
          {Object.entries(GATE_FIELDS).map(([each, { title: words }]) => (
            <option key={each} value={each}>
              {words}
            </option>
          ))}
        </Select>
      </div>
    </Card>
  );
}
