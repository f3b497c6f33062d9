import { useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Input, Select } from "@/components/ui/input";
import { Switch } from "@/components/ui/switch";
import { Td } from "@/components/ui/table";
import type { VersionAddress } from "@/lib/models/address";
import { type Feature, FeatureType, type VersionSettings } from "@/lib/models/schema";
import { draftOf, draftPatch, draftProblems, type FeatureDraft, isChanged } from "./feature-draft";
import { usePatchSchema } from "./use-patch-schema";

/** On a phone a row is a block of its own, each control under its column's title. */
const BLOCK =
  "max-md:grid max-md:grid-cols-2 max-md:border-line-soft max-md:border-b max-md:py-2 max-md:*:border-0";
const TITLED =
  "align-middle max-md:before:block max-md:before:text-mute max-md:before:text-xs max-md:before:content-[attr(data-title)]";

const TEXTS = [
  { name: "unit", maxLength: 40, className: "w-24" },
  { name: "description", maxLength: 2000, className: "w-full md:min-w-44" },
] as const;
/** Empty means the version's own setting, which stands in the field as its placeholder. */
const NUMBERS = [
  { name: "effectFloor", title: "Floor", setting: "effect_floor" },
  { name: "alpha", title: "Alpha", setting: "alpha" },
] as const;

/** A feature to correct in place; nothing is sent before Save. */
export function FeatureRow({
  address,
  feature,
  settings,
  hasBaseline,
}: {
  address: VersionAddress;
  feature: Feature;
  settings: VersionSettings;
  hasBaseline: boolean;
}) {
  const [edits, setEdits] = useState<Partial<FeatureDraft>>({});
  const patch = usePatchSchema(address);
  const draft = { ...draftOf(feature), ...edits };
  const changed = isChanged(draft, feature);
  const problems = draftProblems(draft);
  const edit = (change: Partial<FeatureDraft>) => setEdits((before) => ({ ...before, ...change }));
  const isFeature = feature.role === "feature";
  const formId = `feature-${feature.role}-${feature.name}`;
  const retyped = draft.type !== (feature.type ?? "") && feature.type !== null;

  const save = () =>
    patch.mutate(
      { patch: draftPatch(draft, feature), said: `${feature.name} is saved.` },
      { onSuccess: () => setEdits({}) },
    );

  return (
    <>
      <tr className={cn(BLOCK, changed && "bg-hover *:border-0")}>
        <Td className="min-w-36 max-w-60 align-middle max-md:col-span-2 max-md:max-w-none">
          <form
            id={formId}
            onSubmit={(event) => {
              event.preventDefault();
              save();
            }}
          />
          <span className="break-words font-medium">{feature.name}</span>
          <span className="block text-mute text-xs">
            {isFeature ? (
              feature.state === "inferred" ? (
                "type inferred"
              ) : (
                "type confirmed"
              )
            ) : (
              <Badge tone="outline">segment key</Badge>
            )}
          </span>
        </Td>
        <Td className={TITLED} data-title="type">
          <Select
            form={formId}
            aria-label={`Type of ${feature.name}`}
            value={draft.type}
            disabled={!isFeature}
            onChange={(event) => edit({ type: FeatureType.safeParse(event.target.value).data ?? "" })}
          >
            {feature.type === null ? <option value="">not seen yet</option> : null}
            <option value="numerical">numerical</option>
            <option value="categorical">categorical</option>
          </Select>
        </Td>
        <Td className={TITLED} data-title="monitored">
          {isFeature ? (
            <span className="flex items-center gap-1.5">
              <Switch
                aria-label={`Test ${feature.name} for drift`}
                checked={draft.monitored}
                onCheckedChange={(monitored) => edit({ monitored })}
              />
              <span aria-hidden="true" className="w-6 text-mute text-xs">
                {draft.monitored ? "yes" : "no"}
              </span>
            </span>
          ) : (
            <span className="text-mute">–</span>
          )}
        </Td>
        {TEXTS.map(({ name, maxLength, className }) => (
          <Td key={name} className={TITLED} data-title={name}>
            <Input
              form={formId}
              aria-label={`${name === "unit" ? "Unit" : "Description"} of ${feature.name}`}
              value={draft[name]}
              maxLength={maxLength}
              placeholder="none"
              onChange={(event) => edit({ [name]: event.target.value })}
              className={className}
            />
          </Td>
        ))}
        {NUMBERS.map(({ name, title, setting }) => (
          <Td key={name} className={TITLED} data-title={title.toLowerCase()}>
            {isFeature ? (
              <Input
                form={formId}
                aria-label={`${title} of ${feature.name}`}
                inputMode="decimal"
                value={draft[name]}
                placeholder={String(settings[setting])}
                aria-invalid={problems[name] ? true : undefined}
                onChange={(event) => edit({ [name]: event.target.value })}
                className="w-17 text-right"
              />
            ) : (
              <span className="text-mute">–</span>
            )}
          </Td>
        ))}
        <Td className="w-32 whitespace-nowrap text-right align-middle max-md:col-span-2 max-md:w-auto max-md:text-left max-md:empty:hidden">
          {changed ? (
            <>
              <Button
                type="submit"
                form={formId}
                size="sm"
                tone="primary"
                disabled={patch.isPending || Object.keys(problems).length > 0}
              >
                {patch.isPending ? "Saving" : "Save"}
              </Button>{" "}
              <Button size="sm" tone="ghost" onClick={() => setEdits({})}>
                Undo
              </Button>
            </>
          ) : null}
        </Td>
      </tr>
      {changed && (retyped || problems.alpha || problems.effectFloor) ? (
        <tr className="bg-hover max-md:block">
          <Td colSpan={8} className="pt-0 text-xs max-md:block">
            {retyped ? (
              <p className="text-warn">
                As {draft.type} it is binned and tested anew from the raw rows, in the background, and rows
                that do not fit are rejected from now on.
                {hasBaseline ? " Values of the baseline that do not fit count as missing." : ""}
              </p>
            ) : null}
            {NUMBERS.map(({ name, title }) =>
              problems[name] ? (
                <p key={name} role="alert" className="text-high">
                  {title} is a number {problems[name]}.
                </p>
              ) : null,
            )}
          </Td>
        </tr>
      ) : null}
    </>
  );
}
