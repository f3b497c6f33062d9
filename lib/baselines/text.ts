import { TidemarkError } from "@/lib/errors";

/** UTF-8 pieces as text, without the byte order mark; characters may lie across pieces. */
export async function* decodeText(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const decode = (piece?: Uint8Array) => {
    try {
      return piece ? decoder.decode(piece, { stream: true }) : decoder.decode();
    } catch (cause) {
      throw new TidemarkError("bad_request", "the file is not UTF-8: save it as UTF-8", { cause });
    }
  };
  for await (const piece of bytes) {
    const text = decode(piece);
    if (text !== "") yield text;
  }
  const rest = decode();
  if (rest !== "") yield rest;
}
