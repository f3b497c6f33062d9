import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/input";
import { InputMapping } from "@/lib/evaluate/input-mapping";

/** The mapping as the JSON that a model's file may hold. */
export function MappingText({
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
