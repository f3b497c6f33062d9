import { spawn } from "node:child_process";
import { mkdir, readFile, rm } from "node:fs/promises";

/**
 * `npm test`: lint, types, unit and database tests, faults (short), models of scikit-learn, MLflow's clients, browser journeys, one after the other, all of them
 * even when one fails. The last line counts tests, not steps.
 */
const RESULTS = ".test/results";

type Count = { passed: number; failed: number; skipped: number };
type Step = { name: string; command: string[]; count: (code: number) => Promise<Count> };

const vitest = (project: string): Step => ({
  name: project,
  command: [
    "vitest",
    "run",
    "--project",
    project,
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${RESULTS}/${project}.json`,
  ],
  count: async (code) => {
    const report = await readJson(`${RESULTS}/${project}.json`);
    const failed = report?.numFailedTests ?? 0;
    return {
      passed: report?.numPassedTests ?? 0,
      // A suite that cannot be loaded fails without a failed test.
      failed: code !== 0 && failed === 0 ? 1 : failed,
      skipped: (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0),
    };
  },
});

const check = (name: string, command: string[]): Step => ({
  name,
  command,
  count: async (code) => ({ passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 }),
});

const STEPS: Step[] = [
  check("lint", ["biome", "check", "."]),
  check("route types", ["next", "typegen"]),
  check("types", ["tsc", "--noEmit"]),
  vitest("unit"),
  vitest("database"),
  vitest("faults"),
  vitest("onnx"),
  vitest("mlflow"),
  {
    name: "browser",
    command: ["playwright", "test"],
    count: async (code) => {
      const stats = (await readJson(`${RESULTS}/browser.json`))?.stats;
      const failed = stats?.unexpected ?? 0;
      return {
        passed: (stats?.expected ?? 0) + (stats?.flaky ?? 0),
        failed: code !== 0 && failed === 0 ? 1 : failed,
        skipped: stats?.skipped ?? 0,
      };
    },
  },
];

async function readJson(path: string) {
  try {
    return JSON.parse(await readFile(path, "utf8"));
  } catch {
    return null;
  }
}

function run(command: string[]): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn("npx", ["--no-install", ...command], {
      stdio: "inherit",
      shell: process.platform === "win32",
      env: { ...process.env, PLAYWRIGHT_JSON_OUTPUT_NAME: `${RESULTS}/browser.json` },
    });
    child.on("error", () => resolve(1));
    child.on("close", (code) => resolve(code ?? 1));
  });
}

await rm(RESULTS, { recursive: true, force: true });
await mkdir(RESULTS, { recursive: true });
const wanted = process.argv.slice(2);
const total: Count = { passed: 0, failed: 0, skipped: 0 };
const lines: string[] = [];
for (const step of STEPS.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
  console.log(`\n── ${step.name} ──`);
  const start = performance.now();
  const count = await step.count(await run(step.command));
  for (const key of ["passed", "failed", "skipped"] as const) total[key] += count[key];
  const seconds = Math.round((performance.now() - start) / 1000);
  lines.push(
    `${step.name.padEnd(12)} ${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped (${seconds} s)`,
  );
}
console.log(`\n${lines.join("\n")}\n`);
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
