"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { describeError } from "@/lib/http/request";
import { beginOidc, forgotPassword, signIn } from "@/lib/people/query";
import { ROLES } from "@/lib/people/roles";
import { EmailField, PasswordField } from "./sign-in-fields";

type Props = {
  /** Where to go afterwards. */
  to: string;
  /** Name of the identity provider; null = none. */
  provider: string | null;
  mail: boolean;
  demo: boolean;
  nobody: boolean;
  /** What the identity provider's way back brought. */
  failure: string | null;
};

const FAILURES: Record<string, string> = {
  not_invited: "Nobody with your address was invited: ask an administrator.",
  disabled: "This account is shut out: ask an administrator.",
  account_not_linked:
    "Your provider has not verified your e-mail address, so it cannot be matched with the account here.",
  access_denied: "The sign-in was broken off at the provider.",
};

export function SignInForm({ to, provider, mail, demo, nobody, failure }: Props) {
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const enter = useMutation({ mutationFn: signIn, onSuccess: () => window.location.assign(to) });
  const oidc = useMutation({
    mutationFn: () => beginOidc(to),
    onSuccess: ({ url }) => window.location.assign(url),
  });
  const forgotten = useMutation({ mutationFn: forgotPassword });
  const error = enter.error ?? oidc.error ?? forgotten.error;
  return (
    <>
      {failure && !error ? (
        <p role="alert" className="text-high text-sm">
          {FAILURES[failure] ?? `The identity provider's sign-in failed (${failure}): try again.`}
        </p>
      ) : null}
      {provider ? (
        <Button disabled={oidc.isPending} onClick={() => oidc.mutate()}>
          Sign in with {provider}
        </Button>
      ) : null}
      {demo ? (
        <div className="flex flex-col gap-2">
          <p className="text-soft">This is the demo: come in under any role.</p>
          {ROLES.map((role) => (
            <Button key={role} asChild>
              <a href={`/api/auth/demo?role=${role}&to=${encodeURIComponent(to)}`}>as {role}</a>
            </Button>
          ))}
        </div>
      ) : null}
      {nobody || demo ? null : (
        <form
          className="flex flex-col gap-3"
          onSubmit={(event) => {
            event.preventDefault();
            enter.mutate({ email, password });
          }}
        >
          <EmailField value={email} onValue={setEmail} />
          <PasswordField value={password} onValue={setPassword} />
          <Button type="submit" tone="primary" disabled={enter.isPending || enter.isSuccess}>
            {enter.isPending || enter.isSuccess ? "Signing in" : "Sign in"}
          </Button>
          {mail ? (
            <button
              type="button"
              className="link w-fit text-xs"
              disabled={forgotten.isPending}
              onClick={() => forgotten.mutate(email)}
            >
              Mail me a link for a new password
            </button>
          ) : (
            <p className="text-mute text-xs">
              Password forgotten? An administrator makes you a link for a new one.
            </p>
          )}
        </form>
      )}
      <p role="status" className="text-sm empty:hidden">
        {error ? <span className="text-high">{describeError(error)}</span> : null}
        {forgotten.isSuccess ? `If ${email} has an account here, a mail is on its way.` : null}
      </p>
    </>
  );
}
