"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { describeError } from "@/lib/http/request";
import { accountQuery, changePassword } from "@/lib/people/query";

export function PasswordForm() {
  const [current, setCurrent] = useState("");
  const [password, setPassword] = useState("");
  const client = useQueryClient();
  const change = useMutation({
    mutationFn: changePassword,
    onSuccess: () => {
      setCurrent("");
      setPassword("");
      return client.invalidateQueries({ queryKey: accountQuery().queryKey });
    },
  });
  return (
    <form
      className="flex max-w-sm flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        change.mutate({ current, password });
      }}
    >
      <Field label="Password now">
        {(wiring) => (
          <Input
            {...wiring}
            type="password"
            autoComplete="current-password"
            required
            value={current}
            onChange={({ target }) => setCurrent(target.value)}
          />
        )}
      </Field>
      <Field label="New password" hint="At least 12 characters. Every other session of yours ends.">
        {(wiring) => (
          <Input
            {...wiring}
            type="password"
            autoComplete="new-password"
            required
            minLength={12}
            maxLength={128}
            value={password}
            onChange={({ target }) => setPassword(target.value)}
          />
        )}
      </Field>
      <Button type="submit" className="w-fit" disabled={change.isPending}>
        Set the new password
      </Button>
      <p role="status" className="text-sm empty:hidden">
        {change.error ? <span className="text-high">{describeError(change.error)}</span> : null}
        {change.isSuccess ? "The new password is set." : null}
      </p>
    </form>
  );
}
