import { isUtf8 } from "node:buffer";
import { Readable } from "node:stream";
import { promisify } from "node:util";
import zlib from "node:zlib";
import { TidemarkError } from "@/lib/errors";
import { isTooDeep, MAX_JSON_DEPTH } from "./json-depth";

type Inflate = {
  whole: (input: Buffer, options: { maxOutputLength: number; chunkSize: number }) => Promise<Buffer>;
  stream: () => zlib.Gunzip | zlib.Inflate | zlib.BrotliDecompress;
};

const ENCODINGS: Record<string, Inflate | null> = {
  identity: null,
  gzip: { whole: promisify<Buffer, zlib.ZlibOptions, Buffer>(zlib.gunzip), stream: zlib.createGunzip },
  deflate: { whole: promisify<Buffer, zlib.ZlibOptions, Buffer>(zlib.inflate), stream: zlib.createInflate },
  br: {
    whole: promisify<Buffer, zlib.BrotliOptions, Buffer>(zlib.brotliDecompress),
    stream: zlib.createBrotliDecompress,
  },
};
ENCODINGS["x-gzip"] = ENCODINGS.gzip!;

/** Each chunk is a trip to another thread; with Node's 16 KiB a body of 128 kB took five times as long. */
const INFLATE_CHUNK_BYTES = 256 * 1024;

/** A request's body before anybody has read it. Read it once, one way. */
export class Incoming {
  /** Lower case, without parameters; "" where the request has none. */
  readonly mediaType: string;
  readonly #request: Request;
  readonly #limit: number;

  constructor(request: Request, limit: number) {
    this.#request = request;
    this.#limit = limit;
    this.mediaType = mediaTypeOf(request);
  }

  /** The whole body, decompressed. @throws TidemarkError `too_large` beyond the limit, before or after decompression. */
  async bytes(limit = this.#limit): Promise<Buffer> {
    const inflate = this.#inflate();
    const declared = Number(this.#request.headers.get("content-length") ?? 0);
    if (declared > limit) throw tooLarge(`has ${declared} bytes`, limit);
    const packed = await this.#collect(limit);
    if (!inflate) return packed;
    try {
      return await inflate.whole(packed, { maxOutputLength: limit, chunkSize: INFLATE_CHUNK_BYTES });
    } catch (error) {
      if ((error as { code?: string }).code === "ERR_BUFFER_TOO_LARGE") {
        throw tooLarge("is longer than allowed once decompressed", limit);
      }
      throw this.#notEncoded(error);
    }
  }

  /** The whole body as text, which is UTF-8 and, where it is JSON, nested no deeper than allowed. */
  async text(limit = this.#limit): Promise<string> {
    const bytes = await this.bytes(limit);
    if (!isUtf8(bytes)) throw new TidemarkError("bad_request", "the body is not UTF-8: encode it as UTF-8");
    if (this.mediaType.endsWith("json") && isTooDeep(bytes)) {
      throw new TidemarkError(
        "bad_request",
        `the body is nested more than ${MAX_JSON_DEPTH} levels deep: send a flatter one`,
      );
    }
    // RFC 8259 lets a reader ignore a byte order mark, which some editors write.
    return bytes.toString("utf8").replace(/^\ufeff/, "");
  }

  /** The whole body, parsed from JSON. */
  async json(limit = this.#limit): Promise<unknown> {
    return parseJson(await this.text(limit));
  }

  /** The body piece by piece, decompressed, in constant memory; without a limit unless one is given. */
  async *stream(options: { maxBytes?: number } = {}): AsyncGenerator<Uint8Array> {
    const inflate = this.#inflate();
    const source = this.#chunks();
    const limit = options.maxBytes ?? Number.POSITIVE_INFINITY;
    let read = 0;
    try {
      for await (const chunk of inflate ? decompress(source, inflate) : source) {
        read += chunk.length;
        if (read > limit) throw tooLarge("is longer than allowed", limit);
        yield chunk;
      }
    } catch (error) {
      if (
        typeof (error as { code?: unknown }).code === "string" &&
        /^(Z_|ERR__?ERROR|ERR_BROTLI)/.test((error as { code: string }).code)
      ) {
        throw this.#notEncoded(error);
      }
      throw error;
    }
  }

  async *#chunks(): AsyncGenerator<Uint8Array> {
    const body = this.#request.body;
    if (!body) return;
    // Given up early, the body is not cancelled: that would cut the connection before the reply is through.
    const reader = body.getReader();
    for (;;) {
      const { done, value } = await reader.read().catch((cause) => {
        throw new TidemarkError("bad_request", "the body ended before it was complete: send it again", {
          cause,
        });
      });
      if (done) return;
      yield value;
    }
  }

  async #collect(limit: number): Promise<Buffer> {
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of this.#chunks()) {
      size += chunk.length;
      if (size > limit) throw tooLarge("is longer than allowed", limit);
      chunks.push(chunk);
    }
    return Buffer.concat(chunks, size);
  }

  #inflate(): Inflate | null {
    const encoding = (this.#request.headers.get("content-encoding") ?? "identity").trim().toLowerCase();
    const inflate = ENCODINGS[encoding];
    if (inflate !== undefined) return inflate;
    throw new TidemarkError(
      "unsupported_media_type",
      `Content-Encoding "${encoding.slice(0, 40)}" is not understood: send gzip, deflate, br, or no encoding`,
    );
  }

  #notEncoded(cause: unknown): TidemarkError {
    const encoding = this.#request.headers.get("content-encoding");
    return new TidemarkError(
      "bad_request",
      `the body is not valid ${encoding}, though Content-Encoding says so: compress it, or leave the header out`,
      { cause },
    );
  }
}

async function* decompress(source: AsyncIterable<Uint8Array>, inflate: Inflate): AsyncGenerator<Uint8Array> {
  const input = Readable.from(source, { objectMode: false });
  const output = inflate.stream();
  input.once("error", (error) => output.destroy(error));
  input.pipe(output);
  try {
    yield* output as AsyncIterable<Uint8Array>;
  } finally {
    input.destroy();
    output.destroy();
  }
}

/** @throws TidemarkError `bad_request` that says where the text stops being JSON. */
export function parseJson(text: string): unknown {
  if (text.trim() === "") throw new TidemarkError("bad_request", "the body is not JSON: it is empty");
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new TidemarkError("bad_request", `the body is not JSON: ${(error as Error).message.slice(0, 200)}`);
  }
}

export function mediaTypeOf(request: Request): string {
  return (request.headers.get("content-type") ?? "").split(";", 1)[0]!.trim().toLowerCase();
}

function tooLarge(found: string, limit: number): TidemarkError {
  const megabytes = `${Math.round((limit / 1024 / 1024) * 100) / 100} MiB`;
  return new TidemarkError(
    "too_large",
    `the body ${found}; the limit is ${megabytes}: send smaller batches, or raise TIDEMARK_MAX_BODY_MB`,
  );
}
