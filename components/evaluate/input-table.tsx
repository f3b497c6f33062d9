import { ArrowDown, ArrowUp, Check, Pencil, X } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Select } from "@/components/ui/input";
import { Table, Td, Th } from "@/components/ui/table";
import { formatCount } from "@/lib/charts/format";
import { encodingWords } from "@/lib/evaluate/encoding-words";
import { columnWidth, type InputColumn } from "@/lib/evaluate/input-mapping";
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
/** Inputs beyond these are shown when they are asked for. */
const SHOWN = 50;

/**
 * The model's inputs in their order, in words; only the one that is being edited has fields, each of which would list
 * every column: what is drawn must not grow with the square of a wide model's inputs.
 */
export function InputTable({
  inputs,
  columns,
  edited,
  onEdit,
  onChange,
}: {
  inputs: readonly InputColumn[];
  columns: readonly ColumnFacts[];
  /** Place of the input that is being edited. */
  edited: number | null;
  onEdit: (place: number | null) => void;
  onChange: (inputs: InputColumn[]) => void;
}) {
  const [asked, setAsked] = useState(SHOWN);
  const shown = Math.max(asked, (edited ?? 0) + 1);
  const known = new Set(columns.map(({ name }) => name));
  const setInput = (place: number, next: InputColumn) =>
    onChange(inputs.map((input, i) => (i === place ? next : input)));
  const move = (place: number, by: number) => {
    const next = [...inputs];
    const [moved] = next.splice(place, 1);
    next.splice(place + by, 0, moved!);
    onChange(next);
    onEdit(place + by);
  };
  const remove = (place: number) => {
    onChange(inputs.filter((_, i) => i !== place));
    onEdit(null);
  };
  let first = 0;
  return (
    <>
      <Table label="Inputs of the model in their order">
        <thead>
          <tr>
            <Th numeric>Places</Th>
            <Th>Feature</Th>
            <Th className="w-full">As</Th>
            <Th>
              <span className="sr-only">Edit</span>
            </Th>
          </tr>
        </thead>
        <tbody>
          {inputs.slice(0, shown).map((input, place) => {
            const from = first;
            const width = columnWidth(input);
            first += width;
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: a feature may be read twice
              <tr key={place}>
                <Td numeric className="text-mute">
                  {width > 1 ? `${from}–${from + width - 1}` : from}
                </Td>
                {place === edited ? (
                  <>
                    <Td>
                      <FeatureSelect
                        place={place}
                        feature={input.feature}
                        columns={columns}
                        onFeature={(feature) => setInput(place, newColumn(input.kind, columns, feature))}
                      />
                    </Td>
                    <Td>
                      <span className="flex flex-wrap items-center gap-1.5">
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
                        <ColumnFields input={input} onChange={(next) => setInput(place, next)} />
                      </span>
                    </Td>
                    <Td className="whitespace-nowrap text-right">
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
                        onClick={() => remove(place)}
                      >
                        <X aria-hidden="true" />
                      </Button>
                      <Button
                        size="iconSm"
                        tone="ghost"
                        aria-label={`Done with ${input.feature}`}
                        onClick={() => onEdit(null)}
                      >
                        <Check aria-hidden="true" />
                      </Button>
                    </Td>
                  </>
                ) : (
                  <>
                    <Td className="whitespace-nowrap font-medium">
                      {input.feature}
                      {known.has(input.feature) ? null : (
                        <span className="ml-1.5 font-normal text-high">not in the data</span>
                      )}
                    </Td>
                    <Td className="min-w-48 break-words">{encodingWords(input)}</Td>
                    <Td className="text-right">
                      <Button
                        size="iconSm"
                        tone="ghost"
                        aria-label={`Edit ${input.feature}, input ${place + 1}`}
                        onClick={() => onEdit(place)}
                      >
                        <Pencil aria-hidden="true" />
                      </Button>
                    </Td>
                  </>
                )}
              </tr>
            );
          })}
        </tbody>
      </Table>
      {inputs.length > shown ? (
        <p>
          <Button size="sm" onClick={() => setAsked(shown + 10 * SHOWN)}>
            Show more
          </Button>{" "}
          <span className="text-mute">
            {formatCount(shown)} of {formatCount(inputs.length)} inputs are shown
          </span>
        </p>
      ) : null}
    </>
  );
}

function FeatureSelect({
  place,
  feature,
  columns,
  onFeature,
}: {
  place: number;
  feature: string;
  columns: readonly ColumnFacts[];
  onFeature: (feature: string) => void;
}) {
  return (
    <Select
      aria-label={`Feature of input ${place + 1}`}
      value={feature}
      onChange={(event) => onFeature(event.target.value)}
    >
      {columns.some(({ name }) => name === feature) ? null : (
        <option value={feature}>{feature} (not in the data)</option>
      )}
      {columns.map(({ name }) => (
        <option key={name}>{name}</option>
      ))}
    </Select>
  );
}
