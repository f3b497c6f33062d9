"use client";

import { useQuery } from "@tanstack/react-query";
import { ErrorState } from "@/components/ui/error-state";
import { Skeleton } from "@/components/ui/skeleton";
import { listWords, plural } from "@/lib/charts/format";
import { peopleQuery } from "@/lib/people/query";
import { ROLES } from "@/lib/people/roles";
import { InvitationTable } from "./invitation-table";
import { InviteDialog } from "./invite-dialog";
import { PersonItem } from "./person-item";
import { ROLE_WORDS } from "./role-words";

/** Who has an account, what each may do, and who was invited. */
export function PeoplePanel() {
  const { data, error, refetch } = useQuery(peopleQuery());
  if (!data) {
    if (error) return <ErrorState what="The people could not be loaded" error={error} onRetry={refetch} />;
    return (
      <div role="status" aria-label="Loading the people">
        <Skeleton className="h-56 w-full rounded-lg" />
      </div>
    );
  }
  const active = data.people.filter(({ disabled_at }) => disabled_at === null);
  const counts = ROLES.map((role) => ({ role, n: active.filter((each) => each.role === role).length }));
  return (
    <>
      <p className="verdict mb-3">
        {plural(active.length, "person", "people")}:{" "}
        {listWords(
          counts.filter(({ n }) => n > 0).map(({ role, n }) => plural(n, role)),
          4,
        )}
        .
      </p>
      <div className="mb-3">
        <InviteDialog mail={data.mail} />
      </div>
      <ul aria-label="People" className="mb-5 rounded-lg border border-line bg-card">
        {data.people.map((person) => (
          <PersonItem key={person.id} person={person} />
        ))}
      </ul>
      {data.invitations.length > 0 ? <InvitationTable invitations={data.invitations} /> : null}
      <h2 className="mt-5 mb-1 font-medium text-sm">What the roles may do</h2>
      <dl className="grid gap-x-4 gap-y-1 text-sm sm:grid-cols-[auto_1fr]">
        {ROLES.map((role) => (
          <div key={role} className="contents">
            <dt className="font-medium">{role}</dt>
            <dd className="text-soft">{ROLE_WORDS[role]}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
