import { spawn } from "node:child_process";
import type { S3Place } from "@/lib/artifacts/s3-requests";
import { freePort } from "../faults/process";
import { pythonWith } from "./python";

export type S3Server = { place: S3Place; dispose: () => Promise<void> };

/** Python that has moto, an S3 of its own; null, said aloud, where it cannot be had. */
export const s3Python = () => pythonWith("moto", "venv-moto", ["moto[s3,server]==5.*"]);

/** An S3 on loopback with an empty bucket. */
export async function startS3(python: string, { prefix = "" } = {}): Promise<S3Server> {
  const port = await freePort();
  let output = "";
  const child = spawn(python, ["-m", "moto.server", "-H", "127.0.0.1", "-p", String(port)], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  child.stdout.on("data", (data) => (output += data));
  child.stderr.on("data", (data) => (output += data));
  const closed = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const dispose = async () => {
    child.kill("SIGKILL");
    await closed;
  };
  const endpoint = `http://127.0.0.1:${port}`;
  const bucket = "artifacts";
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`moto ended with ${child.exitCode}: ${output}`);
    const made = await fetch(`${endpoint}/${bucket}`, { method: "PUT" }).then(
      (response) => response.ok,
      () => false,
    );
    if (made) {
      const keys = { accessKeyId: "test", secretAccessKey: "test-secret", sessionToken: null };
      return { place: { endpoint, bucket, region: "us-east-1", prefix, ...keys }, dispose };
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  await dispose();
  throw new Error(`moto did not take a bucket: ${output}`);
}
