import path from "node:path";
import { z } from "zod";
import { TidemarkError } from "@/lib/errors";
import { isLoopback } from "@/lib/http/hosts";
import { ROLES, type Role } from "@/lib/people/roles";

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
  /** Address to listen on. */
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
  /** Signs sessions. Unset: one is made and kept in the data directory. */
  TIDEMARK_SECRET: z.string().min(32, "must have at least 32 characters").optional(),
  /** Where people find this server, behind a proxy: links in mails, the way back from the identity provider. */
  TIDEMARK_URL: z
    .string()
    .regex(/^https?:\/\/[^/?#\s]+\/?$/, "must be http:// or https:// with a host and nothing behind it")
    .transform((value) => value.replace(/\/$/, ""))
    .optional(),
  TIDEMARK_SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\//, "must start with smtp:// or smtps://")
    .optional(),
  TIDEMARK_MAIL_FROM: z.string().min(3).default("Tidemark <tidemark@localhost>"),
  TIDEMARK_OIDC_ISSUER: z
    .string()
    .regex(/^https?:\/\//, "must start with https:// (or http:// for a provider on this machine)")
    .transform((value) => value.replace(/\/$/, ""))
    .optional(),
  TIDEMARK_OIDC_CLIENT_ID: z.string().min(1).optional(),
  TIDEMARK_OIDC_CLIENT_SECRET: z.string().min(1).optional(),
  /** What the button says: "Sign in with <name>". */
  TIDEMARK_OIDC_NAME: z.string().min(1).max(40).default("single sign-on"),
  /** Claim of the ID token that decides a person's role, at each sign-in. */
  TIDEMARK_OIDC_ROLE_CLAIM: z.string().min(1).optional(),
  /** value=role, value=role …; unset: the claim's value is the role itself. */
  TIDEMARK_OIDC_ROLES: z
    .string()
    .default("")
    .transform((text, context) => {
      const roles = new Map<string, Role>();
      for (const pair of text.split(",").filter((each) => each.trim())) {
        const at = pair.lastIndexOf("=");
        const role = ROLES.find((each) => each === pair.slice(at + 1).trim());
        if (at < 1 || !role) {
          context.addIssue({
            code: "custom",
            message: `expected value=role pairs with commas; "${pair.trim()}" has no role of ${ROLES.join(", ")}`,
          });
          return z.NEVER;
        }
        roles.set(pair.slice(0, at).trim(), role);
      }
      return roles;
    }),
  /** Role of who comes from the provider without one; unset: only people who were invited get in. */
  TIDEMARK_OIDC_DEFAULT_ROLE: z.enum(ROLES, { error: `expected ${ROLES.join(", ")}` }).optional(),
  /** Lets everybody in under any role, for a look around; only on loopback. npm run demo sets it. */
  TIDEMARK_DEMO: flag.default(false),
});

/** Sign-in by an identity provider. */
export type OidcSettings = {
  issuer: string;
  clientId: string;
  clientSecret: string;
  name: string;
  roleClaim: string | undefined;
  roles: ReadonlyMap<string, Role>;
  defaultRole: Role | undefined;
};

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
  secret: string | undefined;
  url: string | undefined;
  smtpUrl: string | undefined;
  mailFrom: string;
  oidc: OidcSettings | null;
  demo: boolean;
};

/** Their values are never shown. */
const SECRET = [
  "TIDEMARK_BOOTSTRAP_KEY",
  "DATABASE_URL",
  "TIDEMARK_SECRET",
  "TIDEMARK_SMTP_URL",
  "TIDEMARK_OIDC_CLIENT_SECRET",
];

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
    const shown = SECRET.includes(name) ? "" : `=${set[name]}`;
    throw new TidemarkError("bad_request", `${name}${shown}: ${issue.message}`);
  }
  const env = parsed.data;
  if (env.TIDEMARK_DEMO && !isLoopback(env.HOST)) {
    throw new TidemarkError(
      "bad_request",
      `TIDEMARK_DEMO lets everybody in: it wants HOST to be this machine's own address 127.0.0.1, not ${env.HOST}`,
    );
  }
  return {
    port: env.PORT,
    host: env.HOST,
    hosts: [...env.TIDEMARK_HOSTS, ...(env.TIDEMARK_URL ? [new URL(env.TIDEMARK_URL).host] : [])],
    databaseUrl: env.DATABASE_URL,
    dataDir: path.resolve(env.TIDEMARK_DATA_DIR),
    bootstrapKey: env.TIDEMARK_BOOTSTRAP_KEY,
    maxBodyBytes: Math.floor(env.TIDEMARK_MAX_BODY_MB * 1024 * 1024),
    maxQueuedRows: env.TIDEMARK_MAX_QUEUED_ROWS,
    retentionDays: env.TIDEMARK_RETENTION_DAYS,
    poolSize: env.TIDEMARK_POOL_SIZE,
    logLevel: env.TIDEMARK_LOG_LEVEL,
    pages: env.TIDEMARK_PAGES,
    secret: env.TIDEMARK_SECRET,
    url: env.TIDEMARK_URL,
    smtpUrl: env.TIDEMARK_SMTP_URL,
    mailFrom: env.TIDEMARK_MAIL_FROM,
    oidc: readOidc(env),
    demo: env.TIDEMARK_DEMO,
  };
}

function readOidc(env: z.output<typeof Environment>): OidcSettings | null {
  const given = {
    TIDEMARK_OIDC_ISSUER: env.TIDEMARK_OIDC_ISSUER,
    TIDEMARK_OIDC_CLIENT_ID: env.TIDEMARK_OIDC_CLIENT_ID,
    TIDEMARK_OIDC_CLIENT_SECRET: env.TIDEMARK_OIDC_CLIENT_SECRET,
  };
  const missing = Object.entries(given).filter(([, value]) => value === undefined);
  if (missing.length === 3) return null;
  if (missing.length > 0) {
    throw new TidemarkError(
      "bad_request",
      `${missing.map(([name]) => name).join(" and ")}: sign-in by an identity provider wants issuer, client id and client secret`,
    );
  }
  return {
    issuer: env.TIDEMARK_OIDC_ISSUER!,
    clientId: env.TIDEMARK_OIDC_CLIENT_ID!,
    clientSecret: env.TIDEMARK_OIDC_CLIENT_SECRET!,
    name: env.TIDEMARK_OIDC_NAME,
    roleClaim: env.TIDEMARK_OIDC_ROLE_CLAIM,
    roles: env.TIDEMARK_OIDC_ROLES,
    defaultRole: env.TIDEMARK_OIDC_DEFAULT_ROLE,
  };
}
