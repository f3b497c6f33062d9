import { useState } from "react";
import type { z } from "zod";
import { Button } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { type NewApiKey, Scope } from "@/lib/keys/schema";
import { SCOPES } from "./scopes";

export function KeyForm({
  pending,
  error,
  onSubmit,
}: {
  pending: boolean;
  error: unknown;
  onSubmit: (key: z.infer<typeof NewApiKey>) => void;
}) {
  const [name, setName] = useState("");
  const [scopes, setScopes] = useState<readonly Scope[]>(["ingest"]);
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit({ name: name.trim(), scopes: [...scopes] });
      }}
    >
      <Field label="Name" hint="Who will use it, so that you know what stops when you revoke it.">
        {(wiring) => (
          <Input
            {...wiring}
            required
            maxLength={100}
            placeholder="serving, production"
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      <fieldset className="flex flex-col gap-2">
        <legend className="mb-1 font-medium text-xs">What it may do</legend>
        {Scope.options.map((scope) => (
          <label key={scope} className="flex items-start gap-2.5">
            <input
              type="checkbox"
              checked={scopes.includes(scope)}
              onChange={({ target }) =>
                setScopes(target.checked ? [...scopes, scope] : scopes.filter((each) => each !== scope))
              }
              className="mt-0.75 size-3.5 accent-accent"
            />
            <span>
              <strong className="font-semibold">{scope}</strong> {SCOPES[scope].does}
              <span className="block text-mute text-xs">for {SCOPES[scope].for}</span>
            </span>
          </label>
        ))}
        {scopes.length === 0 ? (
          <p role="alert" className="text-high text-xs">
            Choose at least one.
          </p>
        ) : null}
      </fieldset>
      {error ? <ErrorState what="The key was not made" error={error} /> : null}
      <Button
        type="submit"
        tone="primary"
        className="w-fit"
        disabled={pending || name.trim() === "" || scopes.length === 0}
      >
        {pending ? "Creating" : "Create the key"}
      </Button>
    </form>
  );
}
