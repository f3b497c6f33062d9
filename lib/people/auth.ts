import { betterAuth } from "better-auth";
import { drizzleAdapter } from "better-auth/adapters/drizzle";
import { genericOAuth } from "better-auth/plugins/generic-oauth";
import { log } from "@/lib/log";
import type { Runtime } from "@/lib/server/runtime";
import type { OidcSettings } from "@/lib/settings";
import { oidcRole } from "./oidc-role";
import { SHORTEST_PASSWORD } from "./password";
import { heedProvider } from "./provider-word";
import { readSecret } from "./secret";
import { LONGEST_MS } from "./session-limits";
import { startSession } from "./start-session";
import { authTables } from "./tables";

/** better-auth for this server: passwords, sessions and the identity provider. Everything else of people is ours. */
export type Auth = ReturnType<typeof makeAuth>;

export function authOf(runtime: Runtime): Auth {
  return runtime.shared.get("auth", () => makeAuth(runtime));
}

function makeAuth(runtime: Runtime) {
  const { db, settings } = runtime;
  const { oidc, url } = settings;
  return betterAuth({
    appName: "Tidemark",
    // Without an address of its own a server answers under several; the host of each request has been checked by then.
    baseURL: url ?? { allowedHosts: ["*"], protocol: "http" },
    basePath: "/api/auth",
    secret: readSecret(settings),
    telemetry: { enabled: false },
    database: drizzleAdapter(db, { provider: "pg", schema: authTables }),
    user: {
      additionalFields: {
        // The table wants it; who comes without one is refused below, in words.
        role: { type: "string", required: false },
        disabledAt: { type: "date", required: false, input: false },
      },
      async validateUserInfo({ user, source }) {
        if (source.method !== "oauth") return;
        if (!oidc) return { error: "not_invited" };
        const profile = source.oauth?.profile ?? {};
        if (source.action === "create-user")
          return oidcRole(oidc, profile) ? undefined : { error: "not_invited" };
        const error = await heedProvider(runtime, oidc, String(user.id), profile);
        if (error) return { error };
      },
    },
    // What it lasts while it is used is lib/people/session.ts's: a reply that carries data sets no cookie.
    session: { expiresIn: LONGEST_MS / 1000, disableSessionRefresh: true },
    // Somebody whom an administrator invited is the one whose address the provider has verified.
    account: { accountLinking: { enabled: true, trustedProviders: [] } },
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: SHORTEST_PASSWORD },
    databaseHooks: {
      // The address is who somebody is in the audit log and among the approvers: no provider changes it, and what it
      // says of another address is no word on this one. The role is lib/people/provider-word.ts's.
      user: {
        update: {
          before: async ({ email, emailVerified }) => ({
            data: {
              email: undefined,
              emailVerified: email === undefined ? emailVerified : undefined,
              role: undefined,
            },
          }),
        },
      },
      // Nothing is asked of the provider later, so its tokens are not kept.
      account: {
        create: { before: async (account) => ({ data: { ...account, ...WITHOUT_TOKENS } }) },
        update: { before: async (account) => ({ data: { ...account, ...WITHOUT_TOKENS } }) },
      },
    },
    plugins: [startSession, ...(oidc ? [identityProvider(oidc)] : [])],
    // lib/http/principal.ts refuses requests from elsewhere, and lib/people/sign-in-limit.ts those that come too often.
    advanced: {
      cookiePrefix: "tidemark",
      useSecureCookies: url?.startsWith("https://") ?? false,
      disableCSRFCheck: true,
      ipAddress: { disableIpTracking: true },
    },
    rateLimit: { enabled: false },
    onAPIError: { errorURL: "/sign-in" },
    logger: {
      // Its messages hold addresses and claims of those who try; what went wrong is in the reply.
      log: (level, message) => {
        if (level === "error") log.warn({ source: "better-auth" }, message.slice(0, 200));
      },
    },
  });
}

const WITHOUT_TOKENS = { accessToken: null, refreshToken: null, idToken: null };

function identityProvider(oidc: OidcSettings) {
  return genericOAuth({
    config: [
      {
        providerId: "oidc",
        name: oidc.name,
        discoveryUrl: `${oidc.issuer}/.well-known/openid-configuration`,
        requireIdTokenVerification: true,
        clientId: oidc.clientId,
        clientSecret: oidc.clientSecret,
        scopes: ["openid", "email", "profile"],
        // The name follows the provider at each sign-in, where the role does.
        overrideUserInfo: oidc.roleClaim !== undefined,
        mapProfileToUser: (profile) => {
          const role = oidcRole(oidc, profile);
          return role ? { role } : {};
        },
      },
    ],
  });
}
