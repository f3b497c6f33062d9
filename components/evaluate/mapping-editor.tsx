import { ArrowDown, ArrowUp, Plus, X } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input, Select, Textarea } from "@/components/ui/input";
import { Table, Td, Th } from "@/components/ui/table";
import {
  columnWidth,
  type InputColumn,
  InputMapping,
  type OutputMapping,
} from "@/lib/evaluate/input-mapping";
import type { ColumnFacts } from "@/lib/evaluate/worker-calls";
import { ColumnFields } from "./column-fields";
import { newColumn } from "./new-column";

const KINDS: { value: InputColumn["kind"]; title: string }[] = [
  { value: "number", title: "number" },
  { value: "one_hot", title: "one-hot" },
  { value: "ordinal", title: "ordinal" },
  { value: "dictionary", title: "dictionary" },
  { value: "text", title: "text" },
];
const OUTPUTS: { value: OutputMapping["kind"]; title: string }[] = [
  { value: "probability", title: "probability of the positive class" },
  { value: "probabilities", title: "probability of each class" },
  { value: "logit", title: "logit (before sigmoid)" },
  { value: "logits", title: "logits (before softmax)" },
  { value: "label", title: "the class alone" },
  { value: "value", title: "a number (regression)" },
];

/** How rows become what the model reads, and what its answer means: field by field, or as text. */
export function MappingEditor({
  mapping,
  columns,
  outputs,
  disabled,
  onChange,
}: {
  mapping: InputMapping;
  columns: readonly ColumnFacts[];
  outputs: readonly string[];
  disabled: boolean;
  onChange: (mapping: InputMapping) => void;
}) {
  const [text, setText] = useState<string | null>(null);
  const { inputs, output } = mapping;
  const setInputs = (next: InputColumn[]) => onChange({ ...mapping, inputs: next });
  const setInput = (place: number, next: InputColumn) =>
    setInputs(inputs.map((input, i) => (i === place ? next : input)));
  const setOutput = (next: Partial<OutputMapping>) =>
    onChange({ ...mapping, output: { ...output, ...next } });
  const move = (place: number, by: number) => {
    const next = [...inputs];
    const [moved] = next.splice(place, 1);
    next.splice(place + by, 0, moved!);
    setInputs(next);
  };
  if (text !== null) {
    return (
      <MappingText
        text={text}
        onText={setText}
        onDone={(next) => {
          setText(null);
          if (next) onChange(next);
        }}
      />
    );
  }
  let first = 0;
  return (
    <fieldset disabled={disabled} className="flex min-w-0 flex-col gap-3">
      <Table label="Inputs of the model in their order">
        <thead>
          <tr>
            <Th numeric>Places</Th>
            <Th>Feature</Th>
            <Th>As</Th>
            <Th>How</Th>
            <Th>
              <span className="sr-only">Order</span>
            </Th>
          </tr>
        </thead>
        <tbody>
          {inputs.map((input, place) => {
            const from = first;
            const width = columnWidth(input);
            first += width;
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: a feature may be read twice
              <tr key={place}>
                <Td numeric className="text-mute">
                  {width > 1 ? `${from}–${from + width - 1}` : from}
                </Td>
                <Td>
                  <Select
                    aria-label={`Feature of input ${place + 1}`}
                    value={input.feature}
                    onChange={(event) => setInput(place, newColumn(input.kind, columns, event.target.value))}
                  >
                    {columns.some(({ name }) => name === input.feature) ? null : (
                      <option value={input.feature}>{input.feature} (not in the data)</option>
                    )}
                    {columns.map(({ name }) => (
                      <option key={name}>{name}</option>
                    ))}
                  </Select>
                </Td>
                <Td>
                  <Select
                    aria-label={`Encoding of ${input.feature}`}
                    value={input.kind}
                    onChange={(event) =>
                      setInput(
                        place,
                        newColumn(event.target.value as InputColumn["kind"], columns, input.feature),
                      )
                    }
                  >
                    {KINDS.map(({ value, title }) => (
                      <option key={value} value={value}>
                        {title}
                      </option>
                    ))}
                  </Select>
                </Td>
                <Td>
                  <ColumnFields input={input} onChange={(next) => setInput(place, next)} />
                </Td>
                <Td className="whitespace-nowrap">
                  <Button
                    size="iconSm"
                    tone="ghost"
                    aria-label={`Move ${input.feature} up`}
                    disabled={place === 0}
                    onClick={() => move(place, -1)}
                  >
                    <ArrowUp aria-hidden="true" />
                  </Button>
                  <Button
                    size="iconSm"
                    tone="ghost"
                    aria-label={`Move ${input.feature} down`}
                    disabled={place === inputs.length - 1}
                    onClick={() => move(place, 1)}
                  >
                    <ArrowDown aria-hidden="true" />
                  </Button>
                  <Button
                    size="iconSm"
                    tone="ghost"
                    aria-label={`Take ${input.feature} away`}
                    disabled={inputs.length === 1}
                    onClick={() => setInputs(inputs.filter((_, i) => i !== place))}
                  >
                    <X aria-hidden="true" />
                  </Button>
                </Td>
              </tr>
            );
          })}
        </tbody>
      </Table>
      <div className="flex flex-wrap gap-2">
        <Button
          size="sm"
          onClick={() => {
            const unused = columns.find(
              ({ name }) => name !== mapping.label && !inputs.some(({ feature }) => feature === name),
            );
            const column = unused ?? columns[0]!;
            setInputs([
              ...inputs,
              newColumn(column.kind === "numerical" ? "number" : "one_hot", columns, column.name),
            ]);
          }}
        >
          <Plus aria-hidden="true" />
          Add an input
        </Button>
        <Button size="sm" onClick={() => setText(JSON.stringify(mapping, null, 2))}>
          Edit as text
        </Button>
      </div>
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
    </fieldset>
  );
}

/** The mapping as the JSON that a model's file may hold. */
function MappingText({
  text,
  onText,
  onDone,
}: {
  text: string;
  onText: (text: string) => void;
  onDone: (mapping: InputMapping | null) => void;
}) {
  const [problem, setProblem] = useState<string | null>(null);
  return (
    <div className="flex flex-col gap-2">
      <Field label="Mapping as JSON" error={problem}>
        {(wiring) => (
          <Textarea
            {...wiring}
            rows={18}
            spellCheck={false}
            className="font-mono text-xs"
            value={text}
            onChange={(event) => onText(event.target.value)}
          />
        )}
      </Field>
      <div className="flex gap-2">
        <Button
          tone="primary"
          onClick={() => {
            const { mapping, words } = readText(text);
            setProblem(words);
            if (mapping) onDone(mapping);
          }}
        >
          Use it
        </Button>
        <Button onClick={() => onDone(null)}>Back</Button>
      </div>
    </div>
  );
}

function readText(text: string): { mapping: InputMapping | null; words: string | null } {
  try {
    const parsed = InputMapping.safeParse(JSON.parse(text));
    if (parsed.success) return { mapping: parsed.data, words: null };
    const issue = parsed.error.issues[0]!;
    return { mapping: null, words: `${issue.path.join(".") || "mapping"}: ${issue.message}` };
  } catch (error) {
    return { mapping: null, words: `This is not JSON: ${(error as Error).message}` };
  }
}
