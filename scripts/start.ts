import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import nextEnvironment from "@next/env";
import type { RouteHandler } from "@/lib/http/handle";
import type { DirectRoutes } from "@/lib/server/direct";
import { readSettings } from "@/lib/settings";

/**
 * npm start: the production server, in one process. npm run dev: the same with Next's development mode.
 * Whatever keeps it from starting is one line on standard error and exit code 1.
 */
const dev = process.argv.includes("--dev");

function build(): void {
  const folder = process.env.TIDEMARK_DIST_DIR ?? ".next";
  if (existsSync(path.join(folder, "BUILD_ID"))) return;
  console.error(`There is no build in ${folder} yet: building, which takes about a minute …`);
  const nextProgram = createRequire(import.meta.url).resolve("next/dist/bin/next");
  const done = spawnSync(process.execPath, [nextProgram, "build"], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  if (done.status !== 0) throw new Error("the build failed: see above, then run npm run build");
}

/** In development all routes are Next's, which loads them anew when they change. */
async function loadDirect(): Promise<DirectRoutes> {
  const [predictions, labels, mlflow, { RUNS }, { LOGGING }] = await Promise.all([
    import("@/app/api/v1/predictions/route"),
    import("@/app/api/v1/ground-truth/route"),
    import("@/app/api/2.0/[...path]/route"),
    import("@/lib/mlflow/runs"),
    import("@/lib/mlflow/logging"),
  ]);
  return new Map<string, RouteHandler>([
    ["POST /api/v1/predictions", predictions.POST],
    ["POST /api/v1/ground-truth", labels.POST],
    ...[...RUNS, ...LOGGING].map(
      ({ method, path }) => [`${method} /api/2.0${path}`, mlflow[method]] as const,
    ),
  ]);
}

try {
  Object.assign(process.env, {
    NODE_ENV: dev ? "development" : "production",
    // A server that people run for themselves reports to nobody.
    NEXT_TELEMETRY_DISABLED: "1",
  });
  nextEnvironment.loadEnvConfig(process.cwd(), dev);
  const settings = readSettings(process.env);
  if (!dev) build();
  const { serve } = await import("@/lib/server/serve");
  await serve(settings, { dev, direct: dev ? new Map() : await loadDirect() });
} catch (error) {
  console.error(`Tidemark cannot start: ${(error as Error).message}`);
  process.exit(1);
}
