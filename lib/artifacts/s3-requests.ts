import { createHash } from "node:crypto";
import { AwsV4Signer } from "aws4fetch";
import { TidemarkError } from "@/lib/errors";

/** A bucket, or a folder of one, of any store that speaks S3's protocol. */
export type S3Place = {
  /** null = AWS's own, of the region. */
  endpoint: string | null;
  bucket: string;
  region: string;
  /** A folder within the bucket, without slashes at its ends; "" = all of it. */
  prefix: string;
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken: string | null;
};

type Call = {
  method: "GET" | "HEAD" | "PUT" | "POST" | "DELETE";
  /** Below the prefix; null = the bucket itself. */
  key: string | null;
  query?: Record<string, string>;
  body?: Buffer;
  headers?: Record<string, string>;
};

/** What the store refuses for good, with the code that S3 gives it. */
export class S3Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

const WAITS_MS = [150, 500, 1500, 4000];
const AGAIN = new Set([408, 429, 500, 502, 503, 504]);

/** encodeURIComponent, and what S3's signature wants encoded beyond it. */
const encode = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

export class S3Requests {
  readonly #base: string;

  constructor(private readonly place: S3Place) {
    const { endpoint, bucket, region } = place;
    // A bucket in the host's name is what AWS asks for; others, and names with dots, which no certificate covers, take
    // it in the path.
    this.#base =
      endpoint === null && !bucket.includes(".")
        ? `https://${bucket}.s3.${region}.amazonaws.com`
        : `${endpoint ?? `https://s3.${region}.amazonaws.com`}/${bucket}`;
  }

  /** The whole key of a path. */
  keyOf(path: string): string {
    return [this.place.prefix, path].filter((part) => part !== "").join("/");
  }

  /**
   * Sends until it is answered: what fails on the way, and what the store says is passing, is sent again after a while.
   * @throws S3Refusal for what is refused for good; TidemarkError `store_unavailable` where nobody answers
   */
  async send(call: Call): Promise<Response> {
    for (let attempt = 0; ; attempt++) {
      const wait = WAITS_MS[attempt];
      let failure: unknown;
      try {
        const response = await this.#sendOnce(call);
        if (response.ok) return response;
        const said = await response.text();
        const code = tagOf(said, "Code") ?? String(response.status);
        const refusal = new S3Refusal(response.status, code, this.#inWords(response, code, said));
        if (!AGAIN.has(response.status) && code !== "RequestTimeout") throw refusal;
        failure = refusal;
      } catch (error) {
        if (error instanceof S3Refusal) throw error;
        failure = error;
      }
      if (wait === undefined) throw this.#unavailable(failure);
      await new Promise((resolve) => setTimeout(resolve, wait * (0.5 + Math.random())));
    }
  }

  /** null for what is not there. @throws TidemarkError `store_unavailable` for every other refusal */
  async find(call: Call): Promise<Response | null> {
    try {
      return await this.send(call);
    } catch (error) {
      if (error instanceof S3Refusal && error.status === 404 && error.code !== "NoSuchBucket") return null;
      throw this.unavailable(error);
    }
  }

  /** @throws TidemarkError `store_unavailable` for every refusal */
  async must(call: Call): Promise<Response> {
    try {
      return await this.send(call);
    } catch (error) {
      throw this.unavailable(error);
    }
  }

  unavailable(error: unknown): unknown {
    return error instanceof S3Refusal ? this.#unavailable(error) : error;
  }

  async #sendOnce({ method, key, query = {}, body, headers = {} }: Call): Promise<Response> {
    const path = key === null ? "" : `/${this.keyOf(key).split("/").map(encode).join("/")}`;
    const words = Object.entries(query).map(([name, value]) => `${encode(name)}=${encode(value)}`);
    const { accessKeyId, secretAccessKey, sessionToken, region } = this.place;
    const signed = await new AwsV4Signer({
      method,
      url: `${this.#base}${path}${words.length > 0 ? `?${words.join("&")}` : ""}`,
      headers: {
        ...headers,
        "x-amz-content-sha256": createHash("sha256")
          .update(body ?? "")
          .digest("hex"),
      },
      accessKeyId,
      secretAccessKey,
      ...(sessionToken === null ? {} : { sessionToken }),
      service: "s3",
      region,
    }).sign();
    signed.headers.set("accept-encoding", "identity");
    return fetch(signed.url, {
      method,
      headers: signed.headers,
      redirect: "manual",
      ...(body ? { body: new Uint8Array(body) } : {}),
    });
  }

  #inWords(response: Response, code: string, said: string): string {
    const { bucket, region } = this.place;
    const region_ = response.headers.get("x-amz-bucket-region") ?? tagOf(said, "Region");
    switch (code) {
      case "NoSuchBucket":
        return `there is no bucket "${bucket}": make it, or set TIDEMARK_ARTIFACTS_S3_BUCKET to one that is there`;
      case "InvalidAccessKeyId":
      case "SignatureDoesNotMatch":
      case "ExpiredToken":
      case "InvalidToken":
        return `it does not take the credentials (${code}): check TIDEMARK_ARTIFACTS_S3_ACCESS_KEY_ID and TIDEMARK_ARTIFACTS_S3_SECRET_ACCESS_KEY, or AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN`;
      case "AccessDenied":
      case "403":
        return `the credentials may not do this in the bucket "${bucket}" (${code}): they need s3:ListBucket, s3:GetObject, s3:PutObject, s3:DeleteObject and s3:AbortMultipartUpload`;
      case "RequestTimeTooSkewed":
        return "this machine's clock is wrong by more than 15 minutes: set it";
      case "PermanentRedirect":
      case "AuthorizationHeaderMalformed":
      case "301":
      case "307":
        return `the bucket "${bucket}" is not in the region ${region}: set TIDEMARK_ARTIFACTS_S3_REGION${region_ ? ` to ${region_}` : ""}`;
      default:
        return `it answers ${response.status} ${code}: ${tagOf(said, "Message") ?? said.slice(0, 200)}`;
    }
  }

  #unavailable(cause: unknown): TidemarkError {
    const where = this.place.endpoint ?? `S3 in ${this.place.region}`;
    const words =
      cause instanceof S3Refusal
        ? cause.message
        : `it does not answer (${causeOf(cause)}): check TIDEMARK_ARTIFACTS_S3_ENDPOINT and that it runs`;
    return new TidemarkError("store_unavailable", `the artifact store at ${where}: ${words}`, { cause });
  }
}

function causeOf(error: unknown): string {
  const cause = (error as Error).cause as { code?: string; message?: string } | undefined;
  return cause?.code || cause?.message || (error as Error).message;
}

const ENTITIES: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
const unescaped = (text: string) =>
  text.replace(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => ENTITIES[name]!);

/** The text of the first element of a name in S3's flat XML; null without one. */
export function tagOf(xml: string, name: string): string | null {
  const found = new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1];
  return found === undefined ? null : unescaped(found);
}

/** The insides of all elements of a name that hold no other of that name. */
export const elementsOf = (xml: string, name: string): string[] =>
  [...xml.matchAll(new RegExp(`<${name}>(.*?)</${name}>`, "gs"))].map(([, inside]) => inside!);
