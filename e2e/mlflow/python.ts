import { spawn } from "node:child_process";
import { mkdir, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const STALE_MS = 20_000;

/** A client of MLflow in a virtual environment of its own, kept between runs. */
export type Client = { version: string; packages: string[] };

const OPTUNA = ["optuna", "optuna-integration[mlflow]"];

/** The oldest that is promised, the last of 2.x, and the newest. Pins keep old ones loadable on today's packages. */
export const CLIENTS: readonly Client[] = [
  {
    version: "2.9",
    packages: [
      "mlflow==2.9.*",
      "setuptools<81",
      "numpy<2",
      "pandas<2.2",
      "scipy<1.13",
      "scikit-learn<1.5",
      "matplotlib<3.9",
      "pyarrow<15",
      "sqlalchemy<2.1",
      ...OPTUNA,
    ],
  },
  {
    version: "2.22",
    packages: ["mlflow==2.22.*", "setuptools<81", "sqlalchemy<2.1", "scikit-learn", "matplotlib", ...OPTUNA],
  },
  {
    version: "3",
    packages: ["mlflow==3.*", "setuptools<81", "scikit-learn", "matplotlib", ...OPTUNA],
  },
];

type Done = { code: number | null; output: string };

export function run(
  command: string,
  args: readonly string[],
  options: { env?: Record<string, string>; cwd?: string; timeoutMs?: number } = {},
): Promise<Done> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: { ...process.env, ...options.env },
      stdio: ["ignore", "pipe", "pipe"],
      timeout: options.timeoutMs,
    });
    let output = "";
    child.stdout.on("data", (data) => (output += data));
    child.stderr.on("data", (data) => (output += data));
    child.on("error", (error) => resolve({ code: 1, output: error.message }));
    child.on("close", (code) => resolve({ code, output }));
  });
}

/** Where the environment's Python is; null, said aloud, where it cannot be had. */
export const pythonOf = ({ version, packages }: Client): Promise<string | null> =>
  pythonWith(`mlflow ${version}`, `venv-mlflow-${version}`, packages);

/** A virtual environment with packages of PyPI, kept between runs for as long as they stay the same. */
export async function pythonWith(
  name: string,
  directory: string,
  packages: readonly string[],
): Promise<string | null> {
  const folder = path.resolve(".test", directory);
  const python = path.join(folder, "bin", "python");
  const complete = path.join(folder, "complete");
  const wanted = packages.join("\n");
  const isThere = async () => (await readFile(complete, "utf8").catch(() => null)) === wanted;
  if (await isThere()) return python;
  const found = await run("python3", ["--version"]);
  if (found.code !== 0) return skip(name, "no python3");
  return alone(`${folder}.lock`, async () => {
    if (await isThere()) return python;
    console.log(`Installing ${name} into ${folder}, once …`);
    await rm(folder, { recursive: true, force: true });
    const made = await run("python3", ["-m", "venv", folder]);
    if (made.code !== 0) return skip(name, `python3 makes no virtual environment: ${made.output.trim()}`);
    const quiet = ["--quiet", "--disable-pip-version-check"];
    const installed = await run(python, ["-m", "pip", "install", ...quiet, ...packages]);
    if (installed.code !== 0) {
      return skip(name, `PyPI out of reach: ${installed.output.trim().split("\n").at(-1)}`);
    }
    await writeFile(complete, wanted);
    return python;
  });
}

/** Tests run beside each other, and would install into one folder. A lock that nobody renews is what a killed run left. */
async function alone<Value>(lock: string, work: () => Promise<Value>): Promise<Value> {
  await mkdir(path.dirname(lock), { recursive: true });
  for (;;) {
    const mine = await mkdir(lock).then(
      () => true,
      () => false,
    );
    if (mine) break;
    const { mtimeMs } = await stat(lock).catch(() => ({ mtimeMs: Date.now() }));
    if (Date.now() - mtimeMs > STALE_MS) await rm(lock, { recursive: true, force: true });
    else await sleep(1000);
  }
  const renewal = setInterval(() => void utimes(lock, new Date(), new Date()).catch(() => {}), STALE_MS / 4);
  try {
    return await work();
  } finally {
    clearInterval(renewal);
    await rm(lock, { recursive: true, force: true });
  }
}

function skip(name: string, reason: string): null {
  console.warn(`${name} skipped: ${reason}`);
  return null;
}
