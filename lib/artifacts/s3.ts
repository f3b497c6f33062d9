import { TidemarkError } from "@/lib/errors";
import type { Entry, Keeper } from "./keeper";
import { elementsOf, type S3Place, S3Refusal, S3Requests, tagOf } from "./s3-requests";

/** S3 takes 10,000 parts of at least 5 MiB. Parts grow where files are long, which makes 585 GB of the most. */
const PART_BYTES = 8 * 1024 * 1024;
const LONG_PART_BYTES = 64 * 1024 * 1024;
const SHORT_PARTS = 1000;
const DELETIONS_AT_ONCE = 8;

/**
 * Artifacts as objects of a bucket. What fits into one part is sent whole, so that its length is known; more is sent in
 * parts as it comes, which become an object together or not at all.
 */
export function s3Keeper(place: S3Place): Keeper {
  const requests = new S3Requests(place);
  return {
    async put(path, content) {
      const parts = inParts(content);
      const first = (await parts.next()).value ?? Buffer.alloc(0);
      const second = await parts.next();
      await refuseTangled(requests, path);
      if (second.done) await requests.must({ method: "PUT", key: path, body: first });
      else await putInParts(requests, path, [first, second.value], parts);
    },
    async read(path) {
      const found = await requests.find({ method: "GET", key: path });
      if (!found) return null;
      const length = Number(found.headers.get("content-length"));
      return { bytes: length, stream: found.body ?? new Blob().stream() };
    },
    async list(path) {
      const prefix = path === "" ? "" : `${path}/`;
      const entries: Entry[] = [];
      for await (const page of pages(requests, prefix, { delimiter: "/" })) {
        for (const { key, bytes } of page.files) {
          // Some tools mark a folder by an empty object of its name and a slash.
          if (key !== prefix) entries.push({ name: key.slice(prefix.length), isFolder: false, bytes });
        }
        for (const folder of page.folders)
          entries.push({ name: folder.slice(prefix.length, -1), isFolder: true, bytes: null });
      }
      return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
    },
    async changedAt(path) {
      const found = await requests.find({ method: "HEAD", key: path });
      return found && Date.parse(found.headers.get("last-modified") ?? "");
    },
    async remove(path) {
      const keys: string[] = (await requests.find({ method: "HEAD", key: path })) ? [path] : [];
      for await (const page of pages(requests, `${path}/`)) keys.push(...page.files.map(({ key }) => key));
      const next = keys[Symbol.iterator]();
      const worker = async () => {
        for (const key of next) await requests.must({ method: "DELETE", key });
      };
      await Promise.all(Array.from({ length: Math.min(DELETIONS_AT_ONCE, keys.length) }, worker));
      return keys.length > 0;
    },
  };
}

/** The content in pieces of the size of a part, the last one shorter; nothing for no content. */
async function* inParts(content: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer, void> {
  let held: Uint8Array[] = [];
  let bytes = 0;
  let count = 0;
  for await (const piece of content) {
    let rest = piece;
    while (rest.byteLength > 0) {
      const wanted = count < SHORT_PARTS ? PART_BYTES : LONG_PART_BYTES;
      const taken = rest.subarray(0, wanted - bytes);
      held.push(taken);
      bytes += taken.byteLength;
      rest = rest.subarray(taken.byteLength);
      if (bytes < wanted) continue;
      yield Buffer.concat(held);
      held = [];
      bytes = 0;
      count++;
    }
  }
  if (bytes > 0) yield Buffer.concat(held);
}

async function putInParts(
  requests: S3Requests,
  key: string,
  begun: readonly Buffer[],
  rest: AsyncIterable<Buffer>,
): Promise<void> {
  const started = await (await requests.must({ method: "POST", key, query: { uploads: "" } })).text();
  const uploadId = tagOf(started, "UploadId");
  if (!uploadId) throw new Error("the artifact store starts an upload without naming it");
  const tags: string[] = [];
  const send = async (body: Buffer) => {
    const query = { partNumber: String(tags.length + 1), uploadId };
    const { headers } = await requests.must({ method: "PUT", key, query, body });
    tags.push(headers.get("etag") ?? "");
  };
  try {
    for (const part of begun) await send(part);
    for await (const part of rest) await send(part);
    const listed = tags.map((tag, i) => `<Part><PartNumber>${i + 1}</PartNumber><ETag>${tag}</ETag></Part>`);
    const body = Buffer.from(`<CompleteMultipartUpload>${listed.join("")}</CompleteMultipartUpload>`);
    const headers = { "content-type": "application/xml" };
    const done = await requests.must({ method: "POST", key, query: { uploadId }, body, headers });
    // The store answers 200 before it has put the parts together, and says afterwards whether it could.
    const said = await done.text();
    const code = tagOf(said, "Code");
    if (code !== null) {
      throw requests.unavailable(
        new S3Refusal(200, code, `it could not put the parts together: ${tagOf(said, "Message") ?? code}`),
      );
    }
  } catch (error) {
    // Parts that belong to nothing cost as much as an object.
    await requests.send({ method: "DELETE", key, query: { uploadId } }).catch(() => {});
    throw error;
  }
}

/** A file where a folder is, or below a file, would be found by half of what asks for it. */
async function refuseTangled(requests: S3Requests, path: string): Promise<void> {
  const names = path.split("/");
  const above = names.slice(1).map((_, i) => names.slice(0, i + 1).join("/"));
  const [below, ...files] = await Promise.all([
    pages(requests, `${path}/`, { "max-keys": "1" }).next(),
    ...above.map((key) => requests.find({ method: "HEAD", key })),
  ]);
  const hasFolder = !below.done && below.value.files.length > 0;
  if (!hasFolder && files.every((file) => file === null)) return;
  throw new TidemarkError(
    "bad_request",
    `Invalid path: ${JSON.stringify(path)}: there is a folder of that name, or a file where it wants a folder`,
  );
}

type Page = { files: { key: string; bytes: number }[]; folders: string[] };

/** What is below a prefix of paths, page by page. */
async function* pages(
  requests: S3Requests,
  prefix: string,
  more: Record<string, string> = {},
): AsyncGenerator<Page, void> {
  const root = requests.keyOf("");
  const top = root === "" ? "" : `${root}/`;
  const decoded = (key: string) => decodeURIComponent(key.replaceAll("+", " ")).slice(top.length);
  let token: string | null = null;
  do {
    const query: Record<string, string> = {
      "list-type": "2",
      // Keys may hold signs that XML does not.
      "encoding-type": "url",
      prefix: `${top}${prefix}`,
      ...more,
      ...(token === null ? {} : { "continuation-token": token }),
    };
    const xml: string = await (await requests.must({ method: "GET", key: null, query })).text();
    yield {
      files: elementsOf(xml, "Contents").map((each) => ({
        key: decoded(tagOf(each, "Key") ?? ""),
        bytes: Number(tagOf(each, "Size")),
      })),
      folders: elementsOf(xml, "CommonPrefixes").map((each) => decoded(tagOf(each, "Prefix") ?? "")),
    };
    token = tagOf(xml, "IsTruncated") === "true" ? tagOf(xml, "NextContinuationToken") : null;
  } while (token !== null);
}
