import { useState } from "react";
import type { z } from "zod";
import { usePerson } from "@/components/people/person-context";
import { Button } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";
import { Field } from "@/components/ui/field";
import { Input, Select } from "@/components/ui/input";
import { type NewApiKey, Scope } from "@/lib/keys/schema";
import { SCOPES } from "./scopes";

const DAY_MS = 24 * 60 * 60 * 1000;

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
  const { me } = usePerson();
  const isAdmin = me?.role === "admin";
  const [owner, setOwner] = useState<"me" | "service">(isAdmin ? "service" : "me");
  const [days, setDays] = useState("");
  const [scopes, setScopes] = useState<readonly Scope[]>(["ingest"]);
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit({
          name: name.trim(),
          scopes: [...scopes],
          owner,
          ...(days ? { expires_at: new Date(Date.now() + Number(days) * DAY_MS).toISOString() } : {}),
        });
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
      <div className="flex flex-wrap gap-4">
        <Field
          label="Whose it is"
          hint={
            owner === "me"
              ? "It may do what you may, and stops when your account does."
              : "It belongs to a system, and stays when people go."
          }
        >
          {(wiring) => (
            <Select
              {...wiring}
              className="w-fit"
              value={owner}
              disabled={!isAdmin}
              onChange={({ target }) => setOwner(target.value === "me" ? "me" : "service")}
            >
              <option value="me">yours</option>
              <option value="service">a service's</option>
            </Select>
          )}
        </Field>
        <Field label="Lapses">
          {(wiring) => (
            <Select
              {...wiring}
              className="w-fit"
              value={days}
              onChange={({ target }) => setDays(target.value)}
            >
              <option value="">never</option>
              <option value="7">in a week</option>
              <option value="30">in 30 days</option>
              <option value="90">in 90 days</option>
              <option value="365">in a year</option>
            </Select>
          )}
        </Field>
      </div>
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
