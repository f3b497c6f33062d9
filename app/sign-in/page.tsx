import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { PlainPage } from "@/components/people/plain-page";
import { SignInForm } from "@/components/people/sign-in-form";
import { countPeople } from "@/lib/people/person-store";
import { wayBack } from "@/lib/people/way-back";
import { getRuntime } from "@/lib/server/runtime";
import { visitorOf } from "@/lib/server/visitor";

export const metadata: Metadata = { title: "Sign in" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function SignInPage({ searchParams }: Props) {
  const { to, error } = await searchParams;
  const back = wayBack(typeof to === "string" ? to : null);
  const { db, settings } = await getRuntime();
  if ((await visitorOf(await headers())).person) redirect(back);
  const nobody = !settings.demo && (await countPeople(db)) === 0;
  return (
    <PlainPage title={nobody ? "Nobody has an account yet" : "Sign in"}>
      {nobody ? (
        <p className="text-soft">
          The console of the server shows a one-time link that makes the first administrator: open it. Restart
          the server to get a new one.
        </p>
      ) : null}
      <SignInForm
        to={back}
        provider={settings.oidc?.name ?? null}
        mail={settings.smtpUrl !== undefined}
        demo={settings.demo}
        nobody={nobody}
        failure={typeof error === "string" ? error.slice(0, 100) : null}
      />
    </PlainPage>
  );
}
