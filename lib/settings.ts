import path from "node:path";
import { z } from "zod";
import { TidemarkError } from "@/lib/errors";

const flag = z
  .enum(["0", "1", "true", "false"], { error: "expected 1 or true, 0 or false" })
  .transform((value) => value === "1" || value === "true");

function wholeNumber({ least, most }: { least: number; most?: number }) {
  const error = `expected a whole number ${most === undefined ? `of at least ${least}` : `from ${least} to ${most}`}`;
  const number = z.coerce.number({ error }).int({ error }).min(least, { error });
  return most === undefined ? number : number.max(most, { error });
}

const MEBIBYTES = "expected a number above 0, 1024 at most";

/** Everything the environment may say. A bad value stops the start with one line that names it. */
const Environment = z.object({
  PORT: wholeNumber({ least: 0, most: 65_535 }).default(3000),
  /** Address to listen on. Pages need no sign-in yet, so loopback is the default. */
  HOST: z.string().min(1).default("127.0.0.1"),
  /** Host names, beside loopback's, that requests may name; guards against DNS rebinding. */
  TIDEMARK_HOSTS: z
    .string()
    .default("")
    .transform((value) =>
      value
        .split(",")
        .map((host) => host.trim().toLowerCase())
        .filter(Boolean),
    ),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, "must start with postgres:// or postgresql://")
    .optional(),
  TIDEMARK_DATA_DIR: z.string().min(1).default(".data"),
  TIDEMARK_BOOTSTRAP_KEY: z.string().min(16, "must have at least 16 characters").optional(),
  /** Largest JSON body, MiB, before and after decompression. NDJSON streams have no limit. */
  TIDEMARK_MAX_BODY_MB: z.coerce
    .number({ error: MEBIBYTES })
    .positive({ error: MEBIBYTES })
    .max(1024, { error: MEBIBYTES })
    .default(16),
  /** Rows waiting for the store above which requests are answered 429. */
  TIDEMARK_MAX_QUEUED_ROWS: wholeNumber({ least: 1 }).default(100_000),
  /** Days that raw predictions are kept; unset = for ever. Summaries stay. */
  TIDEMARK_RETENTION_DAYS: wholeNumber({ least: 1 }).optional(),
  TIDEMARK_POOL_SIZE: wholeNumber({ least: 2, most: 100 }).default(8),
  TIDEMARK_LOG_LEVEL: z
    .enum(["silent", "error", "warn", "info", "debug"], {
      error: "expected silent, error, warn, info or debug",
    })
    .default("info"),
  /** Serve the pages and their same-origin requests; off leaves the API alone. */
  TIDEMARK_PAGES: flag.default(true),
});

export type Settings = {
  port: number;
  host: string;
  hosts: string[];
  databaseUrl: string | undefined;
  dataDir: string;
  bootstrapKey: string | undefined;
  maxBodyBytes: number;
  maxQueuedRows: number;
  retentionDays: number | undefined;
  poolSize: number;
  logLevel: "silent" | "error" | "warn" | "info" | "debug";
  pages: boolean;
};

/**
 * Reads settings from an environment.
 * @throws TidemarkError `bad_request` whose message names the variable, its value and what it must be.
 */
export function readSettings(environment: Record<string, string | undefined>): Settings {
  // An empty variable is an unset one: compose files cannot express the difference.
  const set = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ""));
  const parsed = Environment.safeParse(set);
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    const name = String(issue.path[0]);
    const shown = name === "TIDEMARK_BOOTSTRAP_KEY" || name === "DATABASE_URL" ? "" : `=${set[name]}`;
    throw new TidemarkError("bad_request", `${name}${shown}: ${issue.message}`);
  }
  const env = parsed.data;
  return {
    port: env.PORT,
    host: env.HOST,
    hosts: env.TIDEMARK_HOSTS,
    databaseUrl: env.DATABASE_URL,
    dataDir: path.resolve(env.TIDEMARK_DATA_DIR),
    bootstrapKey: env.TIDEMARK_BOOTSTRAP_KEY,
    maxBodyBytes: Math.floor(env.TIDEMARK_MAX_BODY_MB * 1024 * 1024),
    maxQueuedRows: env.TIDEMARK_MAX_QUEUED_ROWS,
    retentionDays: env.TIDEMARK_RETENTION_DAYS,
    poolSize: env.TIDEMARK_POOL_SIZE,
    logLevel: env.TIDEMARK_LOG_LEVEL,
    pages: env.TIDEMARK_PAGES,
  };
}
