"use client";

import { useMutation } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Skeleton } from "@/components/ui/skeleton";
import { describeError } from "@/lib/http/request";
import { acceptWelcome, readLink } from "@/lib/people/query";
import { EmailField, NewPasswordField } from "./sign-in-fields";

const WORDS = {
  first: "You become the administrator of this server.",
  invite: "You were invited. Choose a password and you are in.",
  reset: "Choose a new password. Every session of yours ends.",
} as const;

/** What a one-time link leads to: its secret stands behind the #, which no server's log sees. */
export function WelcomeForm() {
  const [token, setToken] = useState("");
  const [email, setEmail] = useState("");
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const link = useMutation({ mutationFn: readLink });
  const join = useMutation({ mutationFn: acceptWelcome, onSuccess: () => window.location.assign("/") });
  const { mutate: read } = link;
  useEffect(() => {
    const given = window.location.hash.slice(1);
    setToken(given);
    read(given);
  }, [read]);

  if (link.error) {
    return (
      <>
        <p role="alert" className="text-high">
          {describeError(link.error)}
        </p>
        <a href="/sign-in" className="link w-fit">
          Sign in
        </a>
      </>
    );
  }
  if (!link.data) {
    return (
      <div role="status" aria-label="Reading the link">
        <Skeleton className="h-40 w-full rounded-lg" />
      </div>
    );
  }
  const { kind, email: known } = link.data;
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        join.mutate({
          token,
          password,
          ...(known === null ? { email } : {}),
          ...(kind === "reset" ? {} : { name }),
        });
      }}
    >
      <p className="text-soft">{WORDS[kind]}</p>
      <EmailField value={email} onValue={setEmail} known={known} />
      {kind === "reset" ? null : (
        <Field label="Your name">
          {(wiring) => (
            <Input
              {...wiring}
              autoComplete="name"
              required
              maxLength={100}
              value={name}
              onChange={({ target }) => setName(target.value)}
            />
          )}
        </Field>
      )}
      <NewPasswordField value={password} onValue={setPassword} />
      {join.error ? (
        <p role="alert" className="text-high text-sm">
          {describeError(join.error)}
        </p>
      ) : null}
      <Button type="submit" tone="primary" disabled={join.isPending || join.isSuccess}>
        {kind === "reset" ? "Set the password" : "Join"}
      </Button>
    </form>
  );
}
