import type { NextConfig } from "next";

const config: NextConfig = {
  // Two builds of one checkout (a test's and a developer's) must not share a folder.
  distDir: process.env.TIDEMARK_DIST_DIR ?? ".next",
  serverExternalPackages: [
    "@electric-sql/pglite",
    "postgres",
    "pino",
    "prom-client",
    "better-auth",
    "nodemailer",
  ],
  // npm test checks types, tests included; whoever only starts the server should not wait for it a second time.
  typescript: { ignoreBuildErrors: true },
  poweredByHeader: false,
  compress: true,
  devIndicators: false,
};

export default config;
