"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Ago } from "@/components/ui/ago";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { plural } from "@/lib/charts/format";
import { describeError } from "@/lib/http/request";
import { changePerson, peopleQuery, resetPassword, signOutPerson } from "@/lib/people/query";
import type { Person } from "@/lib/people/schema";
import { LinkShown } from "./link-shown";
import { ModelRoles } from "./model-roles";
import { usePerson } from "./person-context";
import { RoleSelect } from "./role-select";

/** A person, and what an administrator may do about them. */
export function PersonItem({ person }: { person: Person }) {
  const { me } = usePerson();
  const client = useQueryClient();
  const renew = () => client.invalidateQueries({ queryKey: peopleQuery().queryKey });
  const change = useMutation({ mutationFn: changePerson, onSettled: renew });
  const signOut = useMutation({ mutationFn: signOutPerson, onSettled: renew });
  const reset = useMutation({ mutationFn: resetPassword });
  const pending = change.isPending || signOut.isPending || reset.isPending;
  const error = change.error ?? signOut.error ?? reset.error;
  const { id, name, email, disabled_at } = person;
  return (
    <li className="flex flex-col gap-2 border-line-soft border-b px-3 py-2.5 last:border-0">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <div className="min-w-48 flex-1">
          <p className={disabled_at ? "break-words text-mute line-through" : "break-words font-medium"}>
            {name}
            {email === me?.email ? <span className="font-normal text-mute"> (you)</span> : null}
          </p>
          <p className="break-all text-mute text-xs">{email}</p>
        </div>
        <p className="w-40 text-mute text-xs">
          {disabled_at ? (
            <Badge tone="medium">shut out</Badge>
          ) : person.last_sign_in_at ? (
            <>
              signed in <Ago time={person.last_sign_in_at} />
              <span className="block">{plural(person.sessions, "session")}</span>
            </>
          ) : (
            "not signed in"
          )}
        </p>
        <RoleSelect
          aria-label={`Role of ${name}`}
          value={person.role}
          disabled={pending}
          onRole={(role) => change.mutate({ id, role })}
        />
        <div className="flex flex-wrap gap-1.5">
          <Button
            size="sm"
            disabled={pending || person.sessions === 0}
            aria-label={`Sign ${name} out everywhere`}
            onClick={() => signOut.mutate(id)}
          >
            Sign out everywhere
          </Button>
          <Button
            size="sm"
            disabled={pending || disabled_at !== null}
            aria-label={`New password for ${name}`}
            onClick={() => reset.mutate(id)}
          >
            New password
          </Button>
          <Button
            size="sm"
            tone={disabled_at ? "default" : "danger"}
            disabled={pending}
            aria-label={disabled_at ? `Let ${name} in again` : `Shut ${name} out`}
            onClick={() => change.mutate({ id, disabled: disabled_at === null })}
          >
            {disabled_at ? "Let in again" : "Shut out"}
          </Button>
        </div>
      </div>
      <ModelRoles
        person={person}
        pending={pending}
        onChange={(model_roles) => change.mutate({ id, model_roles })}
      />
      {reset.data ? <LinkShown reply={reset.data} /> : null}
      {error ? (
        <p role="alert" className="text-high text-sm">
          {describeError(error)}
        </p>
      ) : null}
    </li>
  );
}
