import type { NextConfig } from "next";

const config: NextConfig = {
  // Two builds of one checkout (a test's and a developer's) must not share a folder.
  distDir: process.env.TIDEMARK_DIST_DIR ?? ".next",
  serverExternalPackages: ["@electric-sql/pglite", "postgres", "pino", "prom-client"],
  poweredByHeader: false,
  compress: true,
  devIndicators: false,
};

export default config;
