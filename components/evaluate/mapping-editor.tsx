import { Plus } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import type { InputMapping } from "@/lib/evaluate/input-mapping";
import type { ColumnFacts } from "@/lib/evaluate/worker-calls";
import { AnswerFields } from "./answer-fields";
import { InputTable } from "./input-table";
import { MappingText } from "./mapping-text";
import { newColumn } from "./new-column";

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
  const [edited, setEdited] = useState<number | null>(null);
  const { inputs } = mapping;
  if (text !== null) {
    return (
      <MappingText
        text={text}
        onText={setText}
        onDone={(next) => {
          setText(null);
          setEdited(null);
          if (next) onChange(next);
        }}
      />
    );
  }
  const addInput = () => {
    const unused = columns.find(
      ({ name }) => name !== mapping.label && !inputs.some(({ feature }) => feature === name),
    );
    const column = unused ?? columns[0]!;
    const added = newColumn(column.kind === "numerical" ? "number" : "one_hot", columns, column.name);
    setEdited(inputs.length);
    onChange({ ...mapping, inputs: [...inputs, added] });
  };
  return (
    <fieldset disabled={disabled} className="flex min-w-0 flex-col gap-3">
      <InputTable
        inputs={inputs}
        columns={columns}
        edited={edited}
        onEdit={setEdited}
        onChange={(next) => onChange({ ...mapping, inputs: next })}
      />
      <div className="flex flex-wrap gap-2">
        <Button size="sm" onClick={addInput}>
          <Plus aria-hidden="true" />
          Add an input
        </Button>
        <Button size="sm" onClick={() => setText(JSON.stringify(mapping, null, 2))}>
          Edit as text
        </Button>
      </div>
      <AnswerFields mapping={mapping} columns={columns} outputs={outputs} onChange={onChange} />
    </fieldset>
  );
}
