import { type LoadSchema, loadSchema, readReply, unreachable } from "./request";

/** `onProgress` hears the share sent, 0 to 1. */
export type UploadWatch = { onProgress: (share: number) => void; signal: AbortSignal };

/**
 * Sends a file with PUT and parses the reply with its schema; throws an ApiError otherwise. XMLHttpRequest, since fetch
 * does not tell how much of a body has gone out.
 */
export function putFile<Reply>(
  load: LoadSchema<Reply>,
  url: string,
  { file, contentType }: { file: Blob; contentType: string },
  { onProgress, signal }: UploadWatch,
): Promise<Reply> {
  const loading = loadSchema(load);
  return new Promise((resolve, reject) => {
    const upload = new XMLHttpRequest();
    upload.open("PUT", url);
    upload.setRequestHeader("content-type", contentType);
    upload.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    upload.upload.onload = () => onProgress(1);
    upload.onload = () =>
      loading
        .then((schema) =>
          readReply(schema, upload.status, upload.getResponseHeader("retry-after"), upload.responseText),
        )
        .then(resolve, reject);
    loading.catch(reject);
    upload.onerror = () => reject(unreachable(undefined));
    upload.onabort = () => reject(new DOMException("The upload was cancelled.", "AbortError"));
    signal.addEventListener("abort", () => upload.abort(), { once: true });
    upload.send(file);
  });
}
