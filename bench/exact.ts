import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { seeded } from "../lib/seeded";
import { kolmogorovSmirnov } from "../lib/stats/kolmogorov-smirnov";
import { median } from "./measure";

/*
 * Exact drift, 1 M × 1 M values, against scipy.stats.ks_2samp on the same arrays. SciPy is looked for in the Python that
 * PYTHON names (default python3); without it the comparison is skipped in words.
 */
const N = 1_000_000;
const REPEATS = 5;
const PYTHON = process.env.PYTHON ?? "python3";
const SCRIPT = `
import sys, time, numpy as np
from scipy.stats import ks_2samp
a = np.fromfile(sys.argv[1]); b = np.fromfile(sys.argv[2])
times = []
for i in range(${REPEATS}):
    start = time.perf_counter(); r = ks_2samp(a, b); times.append(time.perf_counter() - start)
print(sorted(times)[len(times) // 2] * 1000, repr(float(r.statistic)))
`;

if (spawnSync(PYTHON, ["-c", "import scipy"]).status !== 0) {
  console.log(`SKIPPED exact drift against SciPy: ${PYTHON} has no scipy (pip install scipy, or set PYTHON)`);
} else {
  const folder = mkdtempSync(path.join(os.tmpdir(), "tidemark-exact-"));
  const random = seeded(9);
  const shapes: Record<string, (shift: number) => number> = {
    normal: (shift) => random.normal() + shift,
    integers: (shift) => Math.floor(random.uniform() * 80 + shift),
  };
  for (const [name, draw] of Object.entries(shapes)) {
    const reference = Float64Array.from({ length: N }, () => draw(0));
    const current = Float64Array.from({ length: N }, () => draw(0.01));
    const files = [reference, current].map((values, i) => {
      const file = path.join(folder, `${name}-${i}.f64`);
      writeFileSync(file, new Uint8Array(values.buffer));
      return file;
    });
    const times: number[] = [];
    let statistic = 0;
    for (let i = 0; i < REPEATS + 1; i++) {
      const start = performance.now();
      statistic = kolmogorovSmirnov({ reference, current })!.statistic;
      if (i > 0) times.push(performance.now() - start);
    }
    const [theirs, their] = spawnSync(PYTHON, ["-c", SCRIPT, ...files], { encoding: "utf8" })
      .stdout.trim()
      .split(" ");
    if (Math.abs(Number(their) - statistic) > 1e-12)
      throw new Error(`D differs: ${statistic} against ${their}`);
    console.log(
      `RESULT exact drift, 1 M × 1 M ${name}: ${median(times).toFixed(0)} ms against SciPy's ${Number(theirs).toFixed(0)} ms, ${(Number(theirs) / median(times)).toFixed(1)} times as fast (budget 2), D equal`,
    );
  }
  rmSync(folder, { recursive: true, force: true });
}
