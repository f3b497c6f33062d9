"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { describeError } from "@/lib/http/request";
import { accountQuery, changePassword } from "@/lib/people/query";
import { NewPasswordField, PasswordField } from "./sign-in-fields";

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
      <PasswordField label="Password now" value={current} onValue={setCurrent} />
      <NewPasswordField
        label="New password"
        consequence="Every other session of yours ends."
        value={password}
        onValue={setPassword}
      />
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
