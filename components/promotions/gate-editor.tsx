import { Trash2 } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input, Select } from "@/components/ui/input";
import { GATE_FIELDS, type GateDraft, type GateField } from "@/lib/promotions/gate-fields";

/** The fields of one gate; the rarer ones folded away unless they are used. */
export function GateEditor({
  draft,
  onChange,
  onRemove,
}: {
  draft: GateDraft;
  onChange: (draft: GateDraft) => void;
  onRemove: () => void;
}) {
  const { title, main, more } = GATE_FIELDS[draft.kind];
  const fields = (list: readonly GateField[]) => (
    <div className="grid gap-x-3 gap-y-2 sm:grid-cols-2 lg:grid-cols-4">
      {list.map((field) => (
        <OneField
          key={field.name}
          field={field}
          value={draft.values[field.name] ?? ""}
          onChange={(value) => onChange({ ...draft, values: { ...draft.values, [field.name]: value } })}
        />
      ))}
    </div>
  );
  const used = more.some(({ name, type }) => {
    const value = draft.values[name];
    return value && !(type === "choice" && value === "estimate") && value !== "0";
  });
  const offersMore = more.length > 0 && (draft.values.source ?? "evidence") === "evidence";
  return (
    <fieldset className="min-w-0 rounded-md border border-line px-3 pt-1 pb-2.5">
      <legend className="-ml-1 px-1 font-medium text-sm">{title}</legend>
      <div className="flex items-start gap-2">
        <div className="min-w-0 flex-1">{fields(main)}</div>
        <Button size="iconSm" tone="ghost" aria-label={`Remove ${title}`} onClick={onRemove}>
          <Trash2 aria-hidden="true" />
        </Button>
      </div>
      {offersMore ? (
        <details className="mt-2" open={used || undefined}>
          <summary className="cursor-pointer text-accent text-xs">Slices, dataset, interval</summary>
          <div className="mt-2">{fields(more)}</div>
        </details>
      ) : null}
    </fieldset>
  );
}

function OneField({
  field,
  value,
  onChange,
}: {
  field: GateField;
  value: string | boolean;
  onChange: (value: string | boolean) => void;
}) {
  if (field.type === "check")
    return (
      <label className="flex items-center gap-1.5">
        <input
          type="checkbox"
          checked={value === true}
          onChange={(event) => onChange(event.target.checked)}
        />
        {field.label}
      </label>
    );
  return (
    <Field label={`${field.label}${field.type === "share" ? ", %" : ""}`} hint={field.hint}>
      {(wiring) =>
        field.type === "choice" ? (
          <Select {...wiring} value={String(value)} onChange={(event) => onChange(event.target.value)}>
            {field.options.map(([option, label]) => (
              <option key={option} value={option}>
                {label}
              </option>
            ))}
          </Select>
        ) : (
          <Input
            {...wiring}
            value={String(value)}
            type={field.type === "number" || field.type === "share" ? "number" : "text"}
            step="any"
            onChange={(event) => onChange(event.target.value)}
          />
        )
      }
    </Field>
  );
}
