import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL(".", import.meta.url));

export default defineConfig({
  resolve: { alias: { "@": root, "server-only": `${root}node_modules/server-only/empty.js` } },
  test: {
    // Refusals that a test provokes are not worth a page of log.
    env: { TIDEMARK_LOG_LEVEL: process.env.TIDEMARK_LOG_LEVEL ?? "silent" },
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["**/*.test.ts"],
          exclude: ["**/node_modules/**", "**/.next*/**", "**/*.db.test.ts", "e2e/**"],
        },
      },
      {
        extends: true,
        test: {
          name: "database",
          include: ["**/*.db.test.ts"],
          exclude: ["**/node_modules/**", "**/.next*/**"],
          globalSetup: ["lib/db/testing-setup.ts"],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: "faults",
          include: ["e2e/faults/*.test.ts"],
          // Each test wants the machine to itself: it kills servers and measures what survives.
          fileParallelism: false,
          testTimeout: 300_000,
        },
      },
      {
        extends: true,
        test: {
          name: "onnx",
          include: ["e2e/onnx/*.test.ts"],
          // Its first run makes a virtual environment.
          testTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: "mlflow",
          include: ["e2e/mlflow/*.test.ts"],
          // A client is a process that computes as much as the server does.
          maxConcurrency: 2,
          testTimeout: 300_000,
        },
      },
    ],
  },
});
