import { cellText } from "./describe-columns";
import type { EvaluationColumn } from "./input";
import { columnWidth, type InputColumn, type InputMapping, mappedWidth } from "./input-mapping";
import { quoted, refused, type TensorSpec } from "./model-files";
import { isMissing, placeOf } from "./place-of";

/** A row that cannot be given to the model. */
export type Refusal = { row: number; feature: string; message: string };

/** What one of the model's inputs is fed with, `rows` × `width` values, row after row. */
export type EncodedInput = { spec: TensorSpec; width: number; values: Float64Array | string[] };

export type RowEncoder = {
  /** Values a row, over all inputs. */
  width: number;
  /** Encodes the rows `[from, to)`. Rows that are refused hold zeros. */
  encode(from: number, to: number, refuse: (refusal: Refusal) => void): EncodedInput[];
};

/** Writes one mapped column of rows `[from, to)` into every `width`-th place of `into`, from `offset` on. */
type Writer = (
  from: number,
  to: number,
  into: { values: Float64Array; width: number; offset: number },
  refuse: (row: number, message: string) => void,
) => void;

/**
 * Turns rows into what a model reads.
 * @param inputs of the model; where it has several, each takes as many mapped columns as it is wide, in order
 * @throws TidemarkError where a feature is not in the data, is of the wrong kind, or the widths differ
 */
export function rowEncoder(
  { inputs: mapped }: Pick<InputMapping, "inputs">,
  columns: readonly EvaluationColumn[],
  inputs: readonly TensorSpec[],
): RowEncoder {
  const parts = deal(mapped, inputs).map(({ spec, mapped: own }) => {
    const width = mappedWidth({ inputs: own });
    if (spec.type === "string") return { spec, width, texts: own.map((input) => textOf(input, columns)) };
    let offset = 0;
    const writers = own.map((input) => {
      const writer = { feature: input.feature, offset, write: writerOf(input, columns) };
      offset += columnWidth(input);
      return writer;
    });
    return { spec, width, writers };
  });
  return {
    width: mappedWidth({ inputs: mapped }),
    encode(from, to, refuse) {
      return parts.map((part) => {
        const { spec, width } = part;
        if (part.texts) {
          const values: string[] = [];
          for (let row = from; row < to; row++) for (const text of part.texts) values.push(text(row));
          return { spec, width, values };
        }
        const values = new Float64Array((to - from) * width);
        for (const { feature, offset, write } of part.writers) {
          write(from, to, { values, width, offset }, (row, message) => refuse({ row, feature, message }));
        }
        return { spec, width, values };
      });
    },
  };
}

/** Which mapped columns each of the model's inputs takes. */
function deal(
  mapped: readonly InputColumn[],
  inputs: readonly TensorSpec[],
): { spec: TensorSpec; mapped: InputColumn[] }[] {
  const total = mappedWidth({ inputs: [...mapped] });
  if (inputs.length === 1) {
    const spec = inputs[0]!;
    if (spec.width !== null && spec.width !== total) {
      throw refused(
        `the mapping makes ${total} numbers a row, the model reads ${spec.width}: add or take away inputs, or list the categories that the model was trained with`,
      );
    }
    return [{ spec, mapped: [...mapped] }];
  }
  let next = 0;
  const dealt = inputs.map((spec) => {
    const own: InputColumn[] = [];
    const wanted = spec.width ?? 1;
    for (let width = 0; width < wanted && next < mapped.length; next++) {
      own.push(mapped[next]!);
      width += columnWidth(mapped[next]!);
    }
    const width = mappedWidth({ inputs: own });
    if (width !== wanted) {
      throw refused(
        `the model's input ${quoted(spec.name)} reads ${wanted} numbers a row, the mapping has ${width} for it: the model reads ${inputs.map(({ name, width: each }) => `${name} (${each ?? 1})`).join(", ")}, in this order`,
      );
    }
    return { spec, mapped: own };
  });
  if (next < mapped.length) {
    throw refused(
      `the mapping has ${mapped.length} inputs, the model takes the first ${next} (${inputs.map(({ name }) => name).join(", ")}): take the others away`,
    );
  }
  return dealt;
}

function columnOf(feature: string, columns: readonly EvaluationColumn[]): EvaluationColumn {
  const found = columns.find(({ name }) => name === feature);
  if (found) return found;
  const names = columns.map(({ name }) => name);
  throw refused(
    `the data has no column ${quoted(feature)}, which the mapping reads: it has ${names.slice(0, 20).join(", ")}${names.length > 20 ? " …" : ""}; choose one of them, or other data`,
  );
}

function textOf(input: InputColumn, columns: readonly EvaluationColumn[]): (row: number) => string {
  const column = columnOf(input.feature, columns);
  if (input.kind !== "text") {
    throw refused(`the model reads ${quoted(input.feature)} as text: map it as text, not as ${input.kind}`);
  }
  if (column.kind === "numerical") {
    return (row) => {
      const value = column.values[row]!;
      return Number.isNaN(value) ? input.missing : String(value);
    };
  }
  return (row) => column.dictionary[column.codes[row]!] ?? input.missing;
}

function writerOf(input: InputColumn, columns: readonly EvaluationColumn[]): Writer {
  const column = columnOf(input.feature, columns);
  switch (input.kind) {
    case "number":
      return numberWriter(input, column);
    case "one_hot":
      return oneHotWriter(input, column);
    case "ordinal":
      return codeWriter(new Map(input.categories.map((category, place) => [category, place])), input, column);
    case "dictionary":
      return codeWriter(new Map(Object.entries(input.values)), input, column);
    case "text":
      throw refused(
        `${quoted(input.feature)} is mapped as text, but the model reads numbers there: choose one-hot, ordinal or dictionary`,
      );
  }
}

function numberWriter(input: InputColumn & { kind: "number" }, column: EvaluationColumn): Writer {
  if (column.kind === "categorical") {
    throw refused(
      `${quoted(input.feature)} is mapped as a number, but the data has categories there (${column.dictionary.slice(0, 5).map(quoted).join(", ")}): choose one-hot, ordinal or dictionary`,
    );
  }
  const { divisor, missing, missing_indicator } = input;
  const transform = TRANSFORMS[input.transform];
  const [shift, width_] = scaleOf(input.scale);
  return (from, to, { values, width, offset }, refuse) => {
    for (let row = from, at = offset; row < to; row++, at += width) {
      const raw = column.values[row]!;
      if (Number.isNaN(raw)) {
        if (missing_indicator) values[at + 1] = 1;
        if (missing !== null) values[at] = missing;
        else if (!missing_indicator) refuse(row, "is missing, and the mapping has no value for that");
        continue;
      }
      const value = (transform(raw / divisor) - shift) / width_;
      if (Number.isFinite(value)) values[at] = value;
      else refuse(row, `is ${raw}, of which the mapping (${input.transform}) makes no number`);
    }
  };
}

const TRANSFORMS: Record<(InputColumn & { kind: "number" })["transform"], (value: number) => number> = {
  none: (value) => value,
  log: Math.log,
  log1p: Math.log1p,
  asinh: Math.asinh,
  sqrt: Math.sqrt,
};

function scaleOf(scale: (InputColumn & { kind: "number" })["scale"]): [shift: number, width: number] {
  if (scale.kind === "standard") return [scale.mean, scale.deviation];
  if (scale.kind === "range") return [scale.min, scale.max - scale.min];
  return [0, 1];
}

const valueWords = (column: EvaluationColumn, row: number): string => {
  if (isMissing(column, row)) return "missing";
  const isNumber = column.kind === "numerical" && !column.time;
  return quoted(isNumber ? column.values[row]! : cellText(column, row));
};

function oneHotWriter(input: InputColumn & { kind: "one_hot" }, column: EvaluationColumn): Writer {
  const placeAt = placeOf(column, new Map(input.categories.map((category, place) => [category, place])));
  const other = input.categories.length;
  return (from, to, { values, width, offset }, refuse) => {
    for (let row = from, at = offset; row < to; row++, at += width) {
      const place = placeAt(row);
      if (place !== undefined) values[at + place] = 1;
      else if (input.other === "column") values[at + other] = 1;
      else if (input.other === "refuse") {
        refuse(row, `is ${valueWords(column, row)}, which is none of the categories that the mapping lists`);
      }
    }
  };
}

function codeWriter(
  places: ReadonlyMap<string, number>,
  { other }: { other: number | null },
  column: EvaluationColumn,
): Writer {
  const placeAt = placeOf(column, places);
  return (from, to, { values, width, offset }, refuse) => {
    for (let row = from, at = offset; row < to; row++, at += width) {
      const place = placeAt(row) ?? other;
      if (place !== null) values[at] = place;
      else refuse(row, `is ${valueWords(column, row)}, for which the mapping has no number`);
    }
  };
}
