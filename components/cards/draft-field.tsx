import { useState } from "react";
import { Field } from "@/components/ui/field";
import { Input, Textarea } from "@/components/ui/input";

type Value = string | null | string[];

const show = (value: Value): string => (Array.isArray(value) ? value.join("\n") : (value ?? ""));

function read<Of extends Value>(text: string, like: Of): Of {
  if (Array.isArray(like)) return text.split("\n").filter((line) => line.trim() !== "") as Of;
  return (text === "" ? null : text) as Of;
}

/**
 * A text, or a list with an entry a line. It keeps what is typed as long as that means the value, so that an empty line
 * at the end of a list does not vanish while it is being written.
 */
export function DraftField<Of extends Value>({
  label,
  hint,
  value,
  type,
  required = false,
  onChange,
}: {
  label: string;
  hint?: string;
  value: Of;
  type?: "date";
  required?: boolean;
  onChange: (value: Of) => void;
}) {
  const [typed, setTyped] = useState(show(value));
  const meant = read(typed, value);
  const text = show(meant) === show(value) ? typed : show(value);
  const change = (next: string) => {
    setTyped(next);
    const to = read(next, value);
    // What must be said is left as it was until it is said again.
    if (required && !next.trim()) return;
    if (show(to) !== show(value)) onChange(to);
  };
  const blank = required && typed.trim() === "";
  return (
    <Field
      label={label}
      hint={hint}
      error={blank ? "It must be said; the former one stays until it is." : null}
    >
      {(wiring) =>
        Array.isArray(value) ? (
          <Textarea
            {...wiring}
            rows={Math.max(2, text.split("\n").length)}
            value={text}
            onChange={(event) => change(event.target.value)}
          />
        ) : (
          <Input
            {...wiring}
            type={type ?? "text"}
            value={blank ? "" : text}
            onChange={(event) => change(event.target.value)}
          />
        )
      }
    </Field>
  );
}
