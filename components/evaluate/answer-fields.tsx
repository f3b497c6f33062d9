import { Field } from "@/components/ui/field";
import { Input, Select } from "@/components/ui/input";
import type { InputMapping, OutputMapping } from "@/lib/evaluate/input-mapping";
import type { ColumnFacts } from "@/lib/evaluate/worker-calls";

const OUTPUTS: { value: OutputMapping["kind"]; title: string }[] = [
  { value: "probability", title: "probability of the positive class" },
  { value: "probabilities", title: "probability of each class" },
  { value: "logit", title: "logit (before sigmoid)" },
  { value: "logits", title: "logits (before softmax)" },
  { value: "label", title: "the class alone" },
  { value: "value", title: "a number (regression)" },
];

/** What really happened, and what the model's answer means. */
export function AnswerFields({
  mapping,
  columns,
  outputs,
  onChange,
}: {
  mapping: InputMapping;
  columns: readonly ColumnFacts[];
  outputs: readonly string[];
  onChange: (mapping: InputMapping) => void;
}) {
  const { output } = mapping;
  const setOutput = (next: Partial<OutputMapping>) =>
    onChange({ ...mapping, output: { ...output, ...next } });
  return (
    <div className="flex flex-wrap gap-3">
      <Field label="Label">
        {(wiring) => (
          <Select
            {...wiring}
            value={mapping.label ?? ""}
            onChange={(event) => onChange({ ...mapping, label: event.target.value })}
          >
            {columns.map(({ name }) => (
              <option key={name}>{name}</option>
            ))}
          </Select>
        )}
      </Field>
      <Field label="Output">
        {(wiring) => (
          <Select
            {...wiring}
            value={output.tensor ?? ""}
            onChange={(event) => setOutput({ tensor: event.target.value || null })}
          >
            <option value="">the first that fits</option>
            {outputs.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </Select>
        )}
      </Field>
      <Field label="It is">
        {(wiring) => (
          <Select
            {...wiring}
            value={output.kind}
            onChange={(event) => setOutput({ kind: event.target.value as OutputMapping["kind"] })}
          >
            {OUTPUTS.map(({ value, title }) => (
              <option key={value} value={value}>
                {title}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {output.kind === "value" ? null : (
        <>
          <Field label="Classes, in its order">
            {(wiring) => (
              <Input
                {...wiring}
                key={(output.classes ?? []).join()}
                defaultValue={(output.classes ?? []).join(", ")}
                onBlur={(event) => {
                  const classes = event.target.value
                    .split(",")
                    .map((name) => name.trim())
                    .filter(Boolean);
                  const positive = classes.includes(output.positive_class ?? "")
                    ? output.positive_class
                    : null;
                  if (classes.length >= 2 && new Set(classes).size === classes.length) {
                    setOutput({ classes, positive_class: positive });
                  }
                }}
              />
            )}
          </Field>
          <Field label="Positive class">
            {(wiring) => (
              <Select
                {...wiring}
                value={output.positive_class ?? output.classes?.at(-1) ?? ""}
                onChange={(event) => setOutput({ positive_class: event.target.value })}
              >
                {(output.classes ?? []).map((name) => (
                  <option key={name}>{name}</option>
                ))}
              </Select>
            )}
          </Field>
          <Field label="Threshold">
            {(wiring) => (
              <Input
                {...wiring}
                type="number"
                min={0}
                max={1}
                step="any"
                className="w-24"
                key={output.threshold}
                defaultValue={output.threshold ?? 0.5}
                onBlur={(event) => {
                  const threshold = Number(event.target.value);
                  if (threshold >= 0 && threshold <= 1) setOutput({ threshold });
                }}
              />
            )}
          </Field>
        </>
      )}
    </div>
  );
}
