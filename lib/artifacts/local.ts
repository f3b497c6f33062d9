import { randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { TidemarkError } from "@/lib/errors";
import type { Keeper } from "./keeper";

/** Artifacts as files below a folder. What is being received lies beside it until it is whole. */
export function localKeeper(root: string): Keeper {
  const incoming = `${root}.incoming`;
  const at = (name: string) => path.join(root, ...name.split("/"));
  return {
    async put(name, content) {
      const half = path.join(incoming, randomUUID());
      try {
        await mkdir(incoming, { recursive: true });
        await pipeline(
          Readable.from(content, { objectMode: false }),
          createWriteStream(half, { flush: true }),
        );
        await mkdir(path.dirname(at(name)), { recursive: true });
        await rename(half, at(name));
      } catch (error) {
        await rm(half, { force: true });
        throw inWords(error, name);
      }
    },
    async read(name) {
      const file = await open(at(name)).catch(absent);
      if (!file) return null;
      const facts = await file.stat();
      if (!facts.isFile()) {
        await file.close();
        return null;
      }
      const stream = Readable.toWeb(file.createReadStream()) as ReadableStream<Uint8Array>;
      return { bytes: facts.size, stream };
    },
    async list(name) {
      const folder = name === "" ? root : at(name);
      const found = (await readdir(folder, { withFileTypes: true }).catch(absent)) ?? [];
      const entries = found
        .filter((entry) => entry.isFile() || entry.isDirectory())
        .map(async (entry) => {
          const isFolder = entry.isDirectory();
          const facts = isFolder ? null : await stat(path.join(folder, entry.name)).catch(absent);
          return { name: entry.name, isFolder, bytes: facts?.size ?? null };
        });
      return (await Promise.all(entries)).sort((a, b) => (a.name < b.name ? -1 : 1));
    },
    async changedAt(name) {
      const facts = await stat(at(name)).catch(absent);
      return facts?.isFile() ? facts.mtimeMs : null;
    },
    async remove(name) {
      const facts = await stat(at(name)).catch(absent);
      if (!facts) return false;
      await rm(at(name), { recursive: true, force: true });
      return true;
    },
  };
}

const ABSENT = new Set(["ENOENT", "ENOTDIR"]);

function absent(error: NodeJS.ErrnoException): null {
  if (ABSENT.has(error.code ?? "")) return null;
  throw error;
}

/** Who writes a file where a folder is, or below a file, is told so; the rest is the server's trouble. */
function inWords(error: unknown, name: string): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code === "EISDIR" || code === "ENOTDIR" || code === "EEXIST" || code === "ENOTEMPTY") {
    return new TidemarkError(
      "bad_request",
      `Invalid path: ${JSON.stringify(name)}: there is a folder of that name, or a file where it wants a folder`,
      { cause: error },
    );
  }
  if (code === "ENOSPC") {
    return new TidemarkError(
      "store_unavailable",
      "the disk that artifacts lie on is full: free space there",
      {
        cause: error,
      },
    );
  }
  return error;
}
