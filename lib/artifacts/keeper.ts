/** A file or folder in a folder. */
export type Entry = { name: string; isFolder: boolean; bytes: number | null };

export type StoredFile = { bytes: number; stream: ReadableStream<Uint8Array> };

/** Where artifacts lie. Paths are those that `artifactPath` lets through. */
export type Keeper = {
  /** Keeps a file, whole or not at all; one of the same path is replaced. */
  put(path: string, content: AsyncIterable<Uint8Array>): Promise<void>;
  /** null where there is no such file. */
  read(path: string): Promise<StoredFile | null>;
  /** By name; empty for what is no folder. "" is the root. */
  list(path: string): Promise<Entry[]>;
  /** When a file was put there last, in ms since 1970; null where there is no such file. */
  changedAt(path: string): Promise<number | null>;
  /** A file, or a folder with all in it; false where there is none. */
  remove(path: string): Promise<boolean>;
};
