import { TidemarkError } from "@/lib/errors";
import { breathe } from "./breathe";

const BREATH_BYTES = 128 * 1024;

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
  let first = true;
  let read = 0;
  for await (const piece of bytes) {
    if (first && piece.length > 0) {
      refuseBinary(piece);
      first = false;
    }
    const text = decode(piece);
    if (text !== "") yield text;
    read += piece.length;
    if (read < BREATH_BYTES) continue;
    read = 0;
    await breathe();
  }
  const rest = decode();
  if (rest !== "") yield rest;
}

/** What is sent by mistake most often, told by its first bytes. */
function refuseBinary(bytes: Uint8Array): void {
  const starts = (...magic: number[]) => magic.every((byte, i) => bytes[i] === byte);
  if (starts(0x1f, 0x8b)) {
    throw new TidemarkError(
      "bad_request",
      "the file is packed with gzip: send it with the header Content-Encoding: gzip, or unpacked",
    );
  }
  if (starts(0x50, 0x41, 0x52, 0x31)) {
    throw new TidemarkError(
      "bad_request",
      "the file is Parquet: send it with Content-Type: application/vnd.apache.parquet",
    );
  }
  if (starts(0x50, 0x4b, 0x03, 0x04)) {
    throw new TidemarkError("bad_request", "the file is a ZIP archive or a spreadsheet: save it as CSV");
  }
}
