import { TidemarkError } from "@/lib/errors";
import { addressOf } from "@/lib/http/origin";
import type { Runtime } from "@/lib/server/runtime";
import { authOf } from "./auth";
import type { SignIn } from "./schema";
import { countTry, forgetTries } from "./sign-in-limit";

/**
 * Begins a session. @returns the headers that set its cookie
 * @throws TidemarkError `unauthenticated` for a wrong address or password, which of them is not said; `overloaded` when
 * there were too many wrong ones
 */
export async function signIn(
  runtime: Runtime,
  { email, password }: SignIn,
  headers: Headers,
): Promise<Headers> {
  const who = { email, from: addressOf(headers) };
  await countTry(runtime.db, who);
  const auth = authOf(runtime);
  const { headers: cookies, response } = await auth.api
    .signInEmail({ body: { email, password }, headers, returnHeaders: true })
    .catch((cause: unknown) => {
      // Whatever better-auth says of a wrong pair; another failure is not the person's.
      if ((cause as { statusCode?: number }).statusCode !== 401) throw cause;
      throw new TidemarkError("unauthenticated", "this e-mail address and password do not belong together", {
        cause,
      });
    });
  if ("disabledAt" in response.user && response.user.disabledAt) {
    await (await auth.$context).internalAdapter.deleteSession(response.token);
    throw new TidemarkError("forbidden", "this account is shut out: ask an administrator");
  }
  await forgetTries(runtime.db, who);
  return cookies;
}

/** Ends the session of a cookie. @returns the headers that take the cookie away */
export async function signOut(runtime: Runtime, headers: Headers): Promise<Headers> {
  const { headers: cookies } = await authOf(runtime).api.signOut({ headers, returnHeaders: true });
  return cookies;
}

/** Where the browser goes to sign in with the identity provider, and the cookie that it comes back with. */
export async function beginOidc(
  runtime: Runtime,
  to: string,
  headers: Headers,
): Promise<{ url: string; cookies: Headers }> {
  if (!runtime.settings.oidc) {
    throw new TidemarkError(
      "not_found",
      "no identity provider is set up: set TIDEMARK_OIDC_ISSUER and its fellows",
    );
  }
  const { headers: cookies, response } = await authOf(runtime).api.signInSocial({
    body: {
      provider: "oidc",
      callbackURL: to,
      errorCallbackURL: "/sign-in",
      disableRedirect: true,
    },
    headers,
    returnHeaders: true,
  });
  if (!response.url) throw new Error("better-auth gave no address of the identity provider");
  return { url: response.url, cookies };
}
