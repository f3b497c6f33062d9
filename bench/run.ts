import { spawnSync } from "node:child_process";
import os from "node:os";

/** `npm run bench [-- ingest drift exact bundle mlflow evaluate]`: each benchmark in a process of its own, figures as ratios of one run. */
const ALL = ["ingest", "drift", "exact", "bundle", "mlflow", "evaluate"];
const wanted = process.argv.slice(2);
console.log(
  `${new Date().toISOString().slice(0, 10)}, ${os.cpus().length} × ${os.cpus()[0]?.model.trim()}, Node ${process.version}, ${os.type()}`,
);
let failed = false;
for (const name of ALL.filter((bench) => wanted.length === 0 || wanted.includes(bench))) {
  console.log(`\n── ${name} ──`);
  const done = spawnSync(process.execPath, ["--import", "tsx", `bench/${name}.ts`], { stdio: "inherit" });
  failed ||= done.status !== 0;
}
process.exitCode = failed ? 1 : 0;
