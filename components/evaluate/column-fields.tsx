import { Input, Select } from "@/components/ui/input";
import { encodingWords } from "@/lib/evaluate/encoding-words";
import type { InputColumn } from "@/lib/evaluate/input-mapping";

type NumberColumn = InputColumn & { kind: "number" };

/** What there is to say of one input, for its kind. */
export function ColumnFields({
  input,
  onChange,
}: {
  input: InputColumn;
  onChange: (input: InputColumn) => void;
}) {
  if (input.kind === "number") return <NumberFields input={input} onChange={onChange} />;
  if (input.kind === "text") {
    return <span className="text-mute">as it is</span>;
  }
  if (input.kind === "dictionary") {
    return <span className="text-mute">{encodingWords(input)}. Edit them as text.</span>;
  }
  return (
    <span className="flex flex-wrap items-center gap-1.5">
      <Input
        aria-label={`Categories of ${input.feature}`}
        className="w-64"
        key={input.categories.join()}
        defaultValue={input.categories.join(", ")}
        onBlur={(event) => {
          const categories = event.target.value
            .split(",")
            .map((name) => name.trim())
            .filter(Boolean);
          if (categories.length > 0 && new Set(categories).size === categories.length) {
            onChange({ ...input, categories });
          }
        }}
      />
      {input.kind === "one_hot" ? (
        <Select
          aria-label={`Other categories of ${input.feature}`}
          value={input.other}
          onChange={(event) => onChange({ ...input, other: event.target.value as typeof input.other })}
        >
          <option value="zeros">others: zeros</option>
          <option value="column">others: a column</option>
          <option value="refuse">others: refused</option>
        </Select>
      ) : (
        <NumberInput
          label={`Number of other categories of ${input.feature}`}
          prefix="others"
          placeholder="refused"
          value={input.other}
          onValue={(other) => onChange({ ...input, other })}
        />
      )}
    </span>
  );
}

function NumberFields({ input, onChange }: { input: NumberColumn; onChange: (input: NumberColumn) => void }) {
  const { scale } = input;
  return (
    <span className="flex flex-wrap items-center gap-1.5">
      <Select
        aria-label={`Transform of ${input.feature}`}
        value={input.transform}
        onChange={(event) =>
          onChange({ ...input, transform: event.target.value as NumberColumn["transform"] })
        }
      >
        <option value="none">as it is</option>
        <option value="log">log</option>
        <option value="log1p">log(1 + x)</option>
        <option value="asinh">asinh</option>
        <option value="sqrt">square root</option>
      </Select>
      <NumberInput
        label={`What ${input.feature} is divided by before`}
        prefix="÷"
        value={input.divisor}
        onValue={(divisor) => {
          if (divisor !== null && divisor !== 0) onChange({ ...input, divisor });
        }}
      />
      <Select
        aria-label={`Scale of ${input.feature}`}
        value={scale.kind}
        onChange={(event) => onChange({ ...input, scale: SCALES[event.target.value as typeof scale.kind] })}
      >
        <option value="none">unscaled</option>
        <option value="standard">by mean and deviation</option>
        <option value="range">by min and max</option>
      </Select>
      {scale.kind === "standard" ? (
        <>
          <NumberInput
            label={`Mean of ${input.feature}`}
            prefix="mean"
            value={scale.mean}
            onValue={(mean) => onChange({ ...input, scale: { ...scale, mean: mean ?? 0 } })}
          />
          <NumberInput
            label={`Standard deviation of ${input.feature}`}
            prefix="deviation"
            value={scale.deviation}
            onValue={(deviation) => {
              if (deviation !== null && deviation > 0) onChange({ ...input, scale: { ...scale, deviation } });
            }}
          />
        </>
      ) : null}
      {scale.kind === "range" ? (
        <>
          <NumberInput
            label={`Minimum of ${input.feature}`}
            prefix="min"
            value={scale.min}
            onValue={(min) => {
              if (min !== null && min < scale.max) onChange({ ...input, scale: { ...scale, min } });
            }}
          />
          <NumberInput
            label={`Maximum of ${input.feature}`}
            prefix="max"
            value={scale.max}
            onValue={(max) => {
              if (max !== null && max > scale.min) onChange({ ...input, scale: { ...scale, max } });
            }}
          />
        </>
      ) : null}
      <NumberInput
        label={`Number for a missing ${input.feature}`}
        prefix="missing"
        placeholder="refused"
        value={input.missing}
        onValue={(missing) => onChange({ ...input, missing })}
      />
      <label className="flex items-center gap-1 text-xs">
        <input
          type="checkbox"
          checked={input.missing_indicator}
          onChange={(event) => onChange({ ...input, missing_indicator: event.target.checked })}
        />
        and a column that is 1 where it is missing
      </label>
    </span>
  );
}

const SCALES: Record<NumberColumn["scale"]["kind"], NumberColumn["scale"]> = {
  none: { kind: "none" },
  standard: { kind: "standard", mean: 0, deviation: 1 },
  range: { kind: "range", min: 0, max: 1 },
};

/** Takes the number when the field is left, so that a half-written one is not run. */
function NumberInput({
  label,
  value,
  onValue,
  placeholder,
  prefix,
}: {
  label: string;
  value: number | null;
  onValue: (value: number | null) => void;
  placeholder?: string;
  /** What stands before it. */
  prefix: string;
}) {
  return (
    <span className="flex items-center gap-1 text-mute text-xs">
      {prefix}
      <Input
        aria-label={label}
        title={label}
        placeholder={placeholder}
        className="w-24"
        inputMode="decimal"
        key={value}
        defaultValue={value ?? ""}
        onBlur={(event) => {
          const text = event.target.value.trim();
          if (text === "" ? value !== null : Number.isFinite(Number(text)) && Number(text) !== value) {
            onValue(text === "" ? null : Number(text));
          }
        }}
      />
    </span>
  );
}
