import { refused } from "./model-files";

/** A field of a protobuf message as it lies in the bytes. */
export type Field = {
  number: number;
  /** 0 varint, 1 eight bytes, 2 bytes with a length, 5 four bytes. */
  type: number;
  /** Of a varint; exact up to 2^53. */
  value: number;
  /** Of everything else: the payload, not copied. */
  bytes: Uint8Array;
  /** The whole field with its tag, not copied. */
  raw: Uint8Array;
};

const EMPTY = new Uint8Array();

/** The fields of a message, one after another. @throws TidemarkError where the bytes stop being one */
export function* readFields(message: Uint8Array): Generator<Field> {
  let at = 0;
  const varint = (): number => {
    let value = 0;
    let factor = 1;
    for (let i = 0; i < 10; i++) {
      const byte = message[at++];
      if (byte === undefined) throw damaged();
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
      factor *= 128;
    }
    throw damaged();
  };
  while (at < message.length) {
    const start = at;
    const tag = varint();
    const type = tag % 8;
    const number = Math.floor(tag / 8);
    let value = 0;
    let bytes: Uint8Array = EMPTY;
    if (type === 0) value = varint();
    else {
      const length = type === 2 ? varint() : type === 1 ? 8 : type === 5 ? 4 : -1;
      if (length < 0 || number === 0 || at + length > message.length) throw damaged();
      bytes = message.subarray(at, at + length);
      at += length;
    }
    yield { number, type, value, bytes, raw: message.subarray(start, at) };
  }
}

export const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

/** Numbers of a repeated field, packed or one by one. */
export function* varintsOf({ type, value, bytes }: Field): Generator<number> {
  if (type === 0) return yield value;
  let number = 0;
  let factor = 1;
  for (const byte of bytes) {
    number += (byte & 0x7f) * factor;
    factor *= 128;
    if (byte < 0x80) {
      yield number;
      number = 0;
      factor = 1;
    }
  }
}

/** A field that holds bytes, with its tag and length. */
export function bytesField(number: number, payload: Uint8Array): Uint8Array {
  const head = [...varintBytes(number * 8 + 2), ...varintBytes(payload.length)];
  const field = new Uint8Array(head.length + payload.length);
  field.set(head);
  field.set(payload, head.length);
  return field;
}

export const varintField = (number: number, value: number): Uint8Array =>
  Uint8Array.from([...varintBytes(number * 8), ...varintBytes(value)]);

export function concatBytes(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function varintBytes(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 128) {
    bytes.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  return [...bytes, rest];
}

const damaged = () => refused("the ONNX file ends in the middle or is no ONNX file: export it anew");
