import { createHash } from "node:crypto";
import { realpath, unlink } from "node:fs/promises";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { TidemarkError } from "@/lib/errors";

/**
 * Keeps a directory to one process: a local socket named after it is listened on, which the system closes with the
 * process however it ends, so a crash leaves nothing behind that could be mistaken for a holder.
 * @returns a function that gives the directory back.
 * @throws TidemarkError `store_unavailable` while another process holds it.
 */
export async function lockDirectory(directory: string): Promise<() => Promise<void>> {
  const digest = createHash("sha256")
    .update(await realpath(directory))
    .digest("hex")
    .slice(0, 24);
  const address =
    process.platform === "win32"
      ? `\\\\.\\pipe\\tidemark-${digest}`
      : path.join(os.tmpdir(), `tidemark-${digest}.lock`);
  for (const attempt of [1, 2]) {
    try {
      const server = await listen(address);
      return () => new Promise((done) => server.close(() => done()));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE") throw error;
      if (attempt === 2 || (await answers(address))) break;
      await unlink(address).catch(() => {});
    }
  }
  throw new TidemarkError(
    "store_unavailable",
    `the embedded store in ${directory} is held by another Tidemark process: stop that one, or set TIDEMARK_DATA_DIR to another folder`,
  );
}

function listen(address: string): Promise<net.Server> {
  return new Promise((resolve, reject) => {
    const server = net.createServer((socket) => socket.destroy());
    server.once("error", reject);
    server.listen(address, () => {
      server.unref();
      resolve(server);
    });
  });
}

function answers(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(address);
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    // Refused or gone: nobody listens. Anything else (no permission) is somebody.
    socket.once("error", (error: NodeJS.ErrnoException) =>
      resolve(error.code !== "ECONNREFUSED" && error.code !== "ENOENT"),
    );
  });
}
