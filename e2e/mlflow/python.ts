import { spawn } from "node:child_process";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";

/** A client of MLflow in a virtual environment of its own, kept between runs. */
export type Client = { version: string; packages: string[] };

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
    ],
  },
  {
    version: "2.22",
    packages: ["mlflow==2.22.*", "setuptools<81", "sqlalchemy<2.1", "scikit-learn", "matplotlib"],
  },
  {
    version: "3",
    packages: [
      "mlflow==3.*",
      "setuptools<81",
      "scikit-learn",
      "matplotlib",
      "optuna",
      "optuna-integration[mlflow]",
    ],
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
  if ((await readFile(complete, "utf8").catch(() => null)) === wanted) return python;
  const found = await run("python3", ["--version"]);
  if (found.code !== 0) return skip(name, "no python3");
  console.log(`Installing ${name} into ${folder}, once …`);
  await rm(folder, { recursive: true, force: true });
  await mkdir(path.dirname(folder), { recursive: true });
  const made = await run("python3", ["-m", "venv", folder]);
  if (made.code !== 0) return skip(name, `python3 makes no virtual environment: ${made.output.trim()}`);
  const installed = await run(python, [
    "-m",
    "pip",
    "install",
    "--quiet",
    "--disable-pip-version-check",
    ...packages,
  ]);
  if (installed.code !== 0) {
    return skip(name, `PyPI out of reach: ${installed.output.trim().split("\n").at(-1)}`);
  }
  await writeFile(complete, wanted);
  return python;
}

function skip(name: string, reason: string): null {
  console.warn(`${name} skipped: ${reason}`);
  return null;
}
