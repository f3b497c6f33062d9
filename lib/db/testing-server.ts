import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { chownSync, mkdtempSync, rmSync } from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import postgres from "postgres";
import { findPostgresBinaries } from "./postgres-binaries.mjs";

/** A PostgreSQL of one's own, that may be stopped, killed and started again. */
export type PostgresServer = {
  /** Of its database "postgres". */
  url: string;
  start(): Promise<void>;
  /** fast: sessions are ended, data is written. immediate: as if the power failed; recovery follows the next start. */
  stop(mode: "fast" | "immediate"): Promise<void>;
  /** Stops it and deletes its folder. */
  dispose(): Promise<void>;
};

/**
 * Makes and starts a server in a temporary folder on a free port; null where there are no PostgreSQL 15+ programs.
 * @param settings of postgresql.conf. Durable unless said otherwise: `{ fsync: "off" }` is faster.
 */
export async function createPostgresServer(
  settings: Record<string, string> = {},
): Promise<PostgresServer | null> {
  const binaries = findPostgresBinaries();
  if (!binaries) return null;
  for (let attempt = 1; ; attempt++) {
    try {
      return await makeServer(binaries, settings);
    } catch (error) {
      // A free port may be taken by somebody else before the server has it.
      if (attempt === 3) throw error;
    }
  }
}

async function makeServer(binaries: string, settings: Record<string, string>): Promise<PostgresServer> {
  const program = (name: string) => path.join(binaries, name);
  const folder = mkdtempSync(path.join(os.tmpdir(), "tidemark-postgres-"));
  const data = path.join(folder, "data");
  const owner = serverUser();
  if (owner) chownSync(folder, owner.uid, owner.gid);
  const asOwner = owner ? { ...owner, cwd: folder } : { cwd: folder };
  execFileSync(
    program("initdb"),
    [
      "-D",
      data,
      "-U",
      "tidemark",
      "-A",
      "trust",
      "-E",
      "UTF8",
      "--locale=C",
      "--no-instructions",
      "--no-sync",
    ],
    { ...asOwner, stdio: ["ignore", "ignore", "pipe"] },
  );
  const port = await freePort();
  const url = `postgres://tidemark@127.0.0.1:${port}/postgres`;
  const flags = Object.entries({
    port: String(port),
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    max_connections: "200",
    shared_buffers: "256MB",
    ...settings,
  }).flatMap(([name, value]) => ["-c", `${name}=${value}`]);

  let running: ChildProcess | null = null;
  const server: PostgresServer = {
    url,
    async start() {
      const child = spawn(program("postgres"), ["-D", data, ...flags], {
        ...asOwner,
        stdio: ["ignore", "ignore", "pipe"],
      });
      let said = "";
      child.stderr!.on("data", (chunk) => {
        said = (said + chunk).slice(-4000);
      });
      running = child;
      for (let attempt = 0; ; attempt++) {
        if (child.exitCode !== null) throw new Error(`PostgreSQL did not start: ${said}`);
        if (await answers(url)) return;
        if (attempt > 600) throw new Error(`PostgreSQL did not answer within a minute: ${said}`);
        await new Promise((done) => setTimeout(done, 100));
      }
    },
    async stop(mode) {
      const child = running;
      running = null;
      if (!child || child.exitCode !== null || child.signalCode !== null) return;
      const ended = new Promise((done) => child.once("exit", done));
      child.kill(mode === "fast" ? "SIGINT" : "SIGQUIT");
      await ended;
    },
    async dispose() {
      await server.stop("immediate");
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
  // A test run that is interrupted must not leave its server behind.
  process.once("exit", () => {
    running?.kill("SIGQUIT");
    rmSync(folder, { recursive: true, force: true });
  });
  try {
    await server.start();
    return server;
  } catch (error) {
    await server.dispose();
    throw error;
  }
}

/** PostgreSQL refuses to run as root; its own user is there where its package is, and nobody everywhere else. */
function serverUser(): { uid: number; gid: number } | null {
  if (process.getuid?.() !== 0) return null;
  for (const name of ["postgres", "nobody"]) {
    const id = (flag: string) =>
      Number.parseInt(spawnSync("id", [flag, name], { encoding: "utf8" }).stdout, 10);
    const [uid, gid] = [id("-u"), id("-g")];
    if (Number.isInteger(uid) && Number.isInteger(gid)) return { uid, gid };
  }
  return null;
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as net.AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

async function answers(url: string): Promise<boolean> {
  const client = postgres(url, { max: 1, connect_timeout: 2, onnotice: () => {} });
  try {
    await client`SELECT 1`;
    return true;
  } catch {
    return false;
  } finally {
    await client.end({ timeout: 1 }).catch(() => {});
  }
}
