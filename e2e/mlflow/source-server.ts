import { spawn } from "node:child_process";
import { freePort } from "../faults/process";

export type SourceServer = { url: string; dispose: () => Promise<void> };

/** MLflow's own server, of the version that a virtual environment holds. */
export async function startMlflow(
  python: string,
  { folder, backend, more = [] }: { folder: string; backend: string; more?: readonly string[] },
): Promise<SourceServer> {
  const port = await freePort();
  const args = ["-m", "mlflow", "server", "--host", "127.0.0.1", "--port", String(port), "--workers", "1"];
  let output = "";
  const child = spawn(python, [...args, "--backend-store-uri", backend, ...more], {
    cwd: folder,
    // Its workers are processes of their own: as a group they end together.
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...process.env,
      MLFLOW_DISABLE_TELEMETRY: "true",
      MLFLOW_ALLOW_FILE_STORE: "true",
      MLFLOW_SERVER_ENABLE_JOB_EXECUTION: "false",
    },
  });
  child.stdout.on("data", (data) => (output += data));
  child.stderr.on("data", (data) => (output += data));
  const closed = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const dispose = async () => {
    if (child.exitCode === null && child.signalCode === null) process.kill(-child.pid!, "SIGKILL");
    await closed;
  };
  const url = `http://127.0.0.1:${port}`;
  const deadline = Date.now() + 120_000;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`mlflow server ended with ${child.exitCode}: ${output}`);
    const healthy = await fetch(`${url}/health`).then(
      (response) => response.ok,
      () => false,
    );
    if (healthy) return { url, dispose };
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  await dispose();
  throw new Error(`mlflow server did not become healthy: ${output}`);
}
