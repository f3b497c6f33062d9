"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { Ago } from "@/components/ui/ago";
import { Button } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";
import { Skeleton } from "@/components/ui/skeleton";
import { formatTime, plural } from "@/lib/charts/format";
import { describeError } from "@/lib/http/request";
import { accountQuery, endOtherSessions, endSession } from "@/lib/people/query";
import type { Session } from "@/lib/people/schema";
import { PasswordForm } from "./password-form";
import { ROLE_WORDS } from "./role-words";

/** Who you are here, where you are signed in, your password, and the way to your keys. */
export function AccountPanel() {
  const { data, error, refetch } = useQuery(accountQuery());
  if (!data) {
    if (error) return <ErrorState what="Your account could not be loaded" error={error} onRetry={refetch} />;
    return (
      <div role="status" aria-label="Loading your account">
        <Skeleton className="h-56 w-full rounded-lg" />
      </div>
    );
  }
  return (
    <div className="flex max-w-2xl flex-col gap-5">
      <p className="verdict break-words">
        {data.name} ({data.email}) is {data.role}: {ROLE_WORDS[data.role]}.
        {data.model_roles.map(({ model, role }) => ` For ${model} you are ${role}.`)}
      </p>
      <Sessions sessions={data.sessions} />
      <section aria-label="Password">
        <h2 className="mb-2 font-medium text-sm">Password</h2>
        {data.has_password ? (
          <PasswordForm />
        ) : (
          <p className="text-mute">You have none here: you sign in another way.</p>
        )}
      </section>
      <p>
        <Link href="/keys" className="link">
          Your API keys
        </Link>{" "}
        may do what you may, and no more.
      </p>
    </div>
  );
}

function Sessions({ sessions }: { sessions: readonly Session[] }) {
  const client = useQueryClient();
  const renew = () => client.invalidateQueries({ queryKey: accountQuery().queryKey });
  const end = useMutation({ mutationFn: endSession, onSettled: renew });
  const endOthers = useMutation({ mutationFn: endOtherSessions, onSettled: renew });
  const others = sessions.length - 1;
  const error = end.error ?? endOthers.error;
  return (
    <section aria-label="Sessions">
      <h2 className="mb-2 font-medium text-sm">Where you are signed in</h2>
      <ul className="mb-2 rounded-lg border border-line bg-card">
        {sessions.map((session) => (
          <li
            key={session.id}
            className="flex flex-wrap items-center gap-x-3 gap-y-1 border-line-soft border-b px-3 py-2 last:border-0"
          >
            <div className="min-w-0 flex-1">
              <p className="break-words text-sm">{browserWords(session.user_agent)}</p>
              <p className="text-mute text-xs">
                since <Ago time={session.created_at} />
                {session.current ? null : (
                  <>
                    , used <Ago time={session.used_at} />
                  </>
                )}
                ; ends {formatTime(session.expires_at)} unless it is used before
              </p>
            </div>
            {session.current ? (
              <span className="text-mute text-xs">this one</span>
            ) : (
              <Button size="sm" disabled={end.isPending} onClick={() => end.mutate(session.id)}>
                End
              </Button>
            )}
          </li>
        ))}
      </ul>
      <Button disabled={others < 1 || endOthers.isPending} onClick={() => endOthers.mutate()}>
        {others < 1 ? "No other session" : `End ${plural(others, "other session")}`}
      </Button>
      {error ? (
        <p role="alert" className="text-high text-sm">
          {describeError(error)}
        </p>
      ) : null}
    </section>
  );
}

/** "Firefox on Linux", as far as a browser says it. */
function browserWords(agent: string | null): string {
  if (!agent) return "a program that does not say its name";
  const browser = /(Edg|Firefox|Chrome|Safari)\//.exec(agent)?.[1]?.replace("Edg", "Edge");
  const system = /(Windows|Android|iPhone|iPad|Mac OS X|Linux)/.exec(agent)?.[1];
  return browser ? `${browser}${system ? ` on ${system}` : ""}` : agent.slice(0, 80);
}
