import { useState } from "react";
import { Input } from "@/components/ui/input";

/** A number or nothing. What is no number yet ("0.", "-") stays in the field and does not count. */
export function NumberInput({
  label,
  value,
  onChange,
}: {
  label: string;
  value: number | null;
  onChange: (value: number | null) => void;
}) {
  const [typed, setTyped] = useState(value === null ? "" : String(value));
  const number = typed.trim() === "" ? null : Number(typed.replace(",", "."));
  const wrong = number !== null && !Number.isFinite(number);
  const text = wrong || number === value ? typed : value === null ? "" : String(value);
  return (
    <Input
      aria-label={label}
      aria-invalid={wrong || undefined}
      inputMode="decimal"
      value={text}
      onChange={(event) => {
        const next = event.target.value;
        setTyped(next);
        const to = next.trim() === "" ? null : Number(next.replace(",", "."));
        if ((to === null || Number.isFinite(to)) && to !== value) onChange(to);
      }}
      className="w-14 min-w-0 flex-1"
    />
  );
}
