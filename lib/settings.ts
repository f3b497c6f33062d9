import path from "node:path";
import { z } from "zod";
import type { S3Place } from "@/lib/artifacts/s3-requests";
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

/** Where artifacts lie when not in the data folder. What is not set is looked for where AWS's own tools look. */
const S3_ENVIRONMENT = {
  TIDEMARK_ARTIFACTS_S3_BUCKET: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{1,61}[A-Za-z0-9]$/, "expected the name of a bucket")
    .optional(),
  /** Of a store other than AWS's own. */
  TIDEMARK_ARTIFACTS_S3_ENDPOINT: z
    .string()
    .regex(/^https?:\/\/[^/?#\s]+\/?$/, "expected an address such as https://minio.example:9000")
    .optional(),
  TIDEMARK_ARTIFACTS_S3_REGION: z
    .string()
    .regex(/^[a-z0-9-]+$/, "expected a region such as eu-central-1")
    .optional(),
  /** A folder within the bucket. */
  TIDEMARK_ARTIFACTS_S3_PREFIX: z
    .string()
    .transform((value) => value.replace(/^\/+|\/+$/g, ""))
    .refine((value) => !/\/\/|(^|\/)\.\.?(\/|$)/.test(value), "expected a path such as ml/artifacts")
    .optional(),
  TIDEMARK_ARTIFACTS_S3_ACCESS_KEY_ID: z.string().optional(),
  TIDEMARK_ARTIFACTS_S3_SECRET_ACCESS_KEY: z.string().optional(),
  AWS_REGION: z.string().optional(),
  AWS_DEFAULT_REGION: z.string().optional(),
  AWS_ENDPOINT_URL_S3: z.string().optional(),
  AWS_ACCESS_KEY_ID: z.string().optional(),
  AWS_SECRET_ACCESS_KEY: z.string().optional(),
  AWS_SESSION_TOKEN: z.string().optional(),
};

/** Variables whose values are nobody's to read in a log. */
const SECRET = new Set([
  "TIDEMARK_BOOTSTRAP_KEY",
  "TIDEMARK_SECRET",
  "TIDEMARK_SMTP_URL",
  "TIDEMARK_OIDC_CLIENT_SECRET",
  "DATABASE_URL",
  "TIDEMARK_ARTIFACTS_S3_SECRET_ACCESS_KEY",
  "AWS_SECRET_ACCESS_KEY",
  "AWS_SESSION_TOKEN",
]);

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
  /** Webhooks may go to plain http and to addresses of this machine and its network. */
  TIDEMARK_PRIVATE_WEBHOOKS: flag.default(false),
  ...S3_ENVIRONMENT,
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
  privateWebhooks: boolean;
  /** null = artifacts lie in the data folder. */
  artifactsIn: S3Place | null;
  secret: string | undefined;
  url: string | undefined;
  smtpUrl: string | undefined;
  mailFrom: string;
  oidc: OidcSettings | null;
  demo: boolean;
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
    const shown = SECRET.has(name) ? "" : `=${set[name]}`;
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
    privateWebhooks: env.TIDEMARK_PRIVATE_WEBHOOKS,
    artifactsIn: readS3Place(env),
    secret: env.TIDEMARK_SECRET,
    url: env.TIDEMARK_URL,
    smtpUrl: env.TIDEMARK_SMTP_URL,
    mailFrom: env.TIDEMARK_MAIL_FROM,
    oidc: readOidc(env),
    demo: env.TIDEMARK_DEMO,
  };
}

function readS3Place(env: z.output<typeof Environment>): S3Place | null {
  const bucket = env.TIDEMARK_ARTIFACTS_S3_BUCKET;
  if (bucket === undefined) {
    const named = Object.entries(env).find(
      ([name, value]) => name.startsWith("TIDEMARK_ARTIFACTS_S3_") && value !== undefined,
    );
    if (!named) return null;
    throw new TidemarkError(
      "bad_request",
      `${named[0]} is set, and TIDEMARK_ARTIFACTS_S3_BUCKET is not: name the bucket, or take the other away to keep artifacts in TIDEMARK_DATA_DIR`,
    );
  }
  // A pair: half of one and half of another would be refused far from here.
  const own = {
    id: env.TIDEMARK_ARTIFACTS_S3_ACCESS_KEY_ID,
    secret: env.TIDEMARK_ARTIFACTS_S3_SECRET_ACCESS_KEY,
    token: undefined,
  };
  const usual = {
    id: env.AWS_ACCESS_KEY_ID,
    secret: env.AWS_SECRET_ACCESS_KEY,
    token: env.AWS_SESSION_TOKEN,
  };
  const { id, secret, token } = own.id || own.secret ? own : usual;
  if (!id || !secret) {
    throw new TidemarkError(
      "bad_request",
      "TIDEMARK_ARTIFACTS_S3_BUCKET is set without credentials: set TIDEMARK_ARTIFACTS_S3_ACCESS_KEY_ID and TIDEMARK_ARTIFACTS_S3_SECRET_ACCESS_KEY, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
    );
  }
  const endpoint = env.TIDEMARK_ARTIFACTS_S3_ENDPOINT ?? env.AWS_ENDPOINT_URL_S3;
  return {
    bucket,
    endpoint: endpoint?.replace(/\/+$/, "") ?? null,
    region: env.TIDEMARK_ARTIFACTS_S3_REGION ?? env.AWS_REGION ?? env.AWS_DEFAULT_REGION ?? "us-east-1",
    prefix: env.TIDEMARK_ARTIFACTS_S3_PREFIX ?? "",
    accessKeyId: id,
    secretAccessKey: secret,
    sessionToken: token ?? null,
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
