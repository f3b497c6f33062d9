import { createReadStream } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import { Refused, type Remote } from "./remote";
import type { Tally } from "./tally";

type Entry = { name: string; isFolder: boolean; bytes: number | null };

/** Somewhere to read files from. */
export type Files = {
  list(folder: string): Promise<Entry[]>;
  open(file: string): Promise<BodyInit>;
};

const API = "/api/2.0/mlflow-artifacts/artifacts";
const address = (file: string) => `${API}/${file.split("/").map(encodeURIComponent).join("/")}`;

/** The artifacts that a server hands out, Tidemark or MLflow. */
export function proxied(remote: Remote): Files {
  return {
    async list(folder) {
      type Reply = { files?: { path: string; is_dir?: boolean; file_size?: number | string }[] };
      const { files = [] } = await remote.get<Reply>(API, { path: folder });
      return files.map((file) => ({
        name: path.posix.basename(file.path),
        isFolder: file.is_dir ?? false,
        bytes: file.file_size === undefined ? null : Number(file.file_size),
      }));
    },
    open: async (file) => (await remote.send("GET", address(file), {})).body ?? "",
  };
}

/** A folder of this machine. */
export function onDisk(root: string): Files {
  return {
    async list(folder) {
      const here = path.join(root, folder);
      const entries = await readdir(here, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
        if (error.code === "ENOENT" || error.code === "ENOTDIR") return [];
        throw error;
      });
      const files = entries.filter((entry) => entry.isFile() || entry.isDirectory());
      return Promise.all(
        files.map(async (entry) => ({
          name: entry.name,
          isFolder: entry.isDirectory(),
          bytes: entry.isFile() ? (await stat(path.join(here, entry.name))).size : null,
        })),
      );
    },
    open: async (file) => Readable.toWeb(createReadStream(path.join(root, file))) as BodyInit,
  };
}

/** Brings a folder of files over, one file at a time; those of the same size are there already. */
export async function copyFolder(
  { from, to, tally }: { from: Files; to: Remote; tally: Tally },
  { source, target }: { source: string; target: string },
): Promise<void> {
  const there = proxied(to);
  const folders = [""];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    const below = (root: string) => [root, folder].filter(Boolean).join("/");
    const entries = await from.list(below(source));
    if (entries.length === 0) continue;
    const held = new Map(
      (await listed(there, below(target))).map((entry) => [entry.name, entry.isFolder ? null : entry.bytes]),
    );
    for (const entry of entries) {
      const name = folder ? `${folder}/${entry.name}` : entry.name;
      if (entry.isFolder) {
        folders.push(name);
        continue;
      }
      const size = held.get(entry.name);
      if (size !== undefined && size !== null && (entry.bytes === null || entry.bytes === size)) {
        tally.add("files", "there");
        continue;
      }
      try {
        const body = () => from.open(`${source}/${name}`);
        await to.send("PUT", address(`${target}/${name}`), { body });
        tally.add("files", "new");
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        tally.skip("files", `${source}/${name}`, error.message);
      }
    }
  }
}

async function listed(files: Files, folder: string): Promise<Entry[]> {
  try {
    return await files.list(folder);
  } catch (error) {
    // A folder that cannot be there; each of its files is refused by name.
    if (error instanceof Refused) return [];
    throw error;
  }
}
