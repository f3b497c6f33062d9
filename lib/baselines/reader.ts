import type { VersionRecord } from "@/lib/models/store";
import { ChildReader } from "./child-reader";
import { Draft, type FileKind, type Outline, type Placement } from "./draft";
import type { BaselineColumns, HeldColumns } from "./held-columns";

/** Text up to this size is read here: a process takes longer to start than a megabyte to read. */
const SMALL_BYTES = 1024 * 1024;

/** A file that has been read, its values wherever they are. Close it when done. */
export type ReadFile = {
  outline: Outline;
  place(
    placements: readonly Placement[],
  ): Promise<BaselineColumns & { classScores(): Promise<[code: number, mean: number][]> }>;
  close(): void;
};

/**
 * Reads a baseline file. Small texts are read in this process. What is larger, and any Parquet file, is read and binned
 * in a process of its own, so that this one goes on answering; and a crafted Parquet file, on which the engine may give
 * up (`Fatal JavaScript invalid size error`), ends that process and not the server. A thread would not do: such an error
 * ends all threads.
 */
export async function readFile(
  record: VersionRecord,
  kind: FileKind,
  bytes: AsyncIterable<Uint8Array>,
): Promise<ReadFile> {
  if (kind === "parquet") return ChildReader.read(record, kind, bytes);
  const source = bytes[Symbol.asyncIterator]();
  const head: Uint8Array[] = [];
  for (let size = 0; size <= SMALL_BYTES; ) {
    const { done, value } = await source.next();
    if (done) return readHere(record, kind, head);
    head.push(value);
    size += value.length;
  }
  return ChildReader.read(record, kind, resume(head, source));
}

async function readHere(
  record: VersionRecord,
  kind: FileKind,
  pieces: readonly Uint8Array[],
): Promise<ReadFile> {
  const draft = new Draft(record);
  const outline = await draft.read(kind, resume(pieces, null));
  return { outline, place: async (placements): Promise<HeldColumns> => draft.place(placements), close() {} };
}

async function* resume(
  head: readonly Uint8Array[],
  rest: AsyncIterator<Uint8Array> | null,
): AsyncGenerator<Uint8Array> {
  yield* head;
  if (rest) yield* { [Symbol.asyncIterator]: () => rest };
}
