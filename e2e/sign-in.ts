import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { ROLES, type Role } from "@/lib/people/roles";
import type { Post } from "./seed";
import { BOOTSTRAP_KEY, emailOf, PASSWORD, sessionFile } from "./servers";

/** Before the journeys: a person of each role, who joined by a link, with a session for the browser to begin with. */
export async function signInEverybody({ name, url }: { name: string; url: string }): Promise<void> {
  for (const role of ROLES) await keepSession(name, role, await join(url, role));
}

/** Makes a person through an invitation, as an administrator would. @returns the cookies of their first session */
export async function join(url: string, role: Role, email = emailOf(role)): Promise<string[]> {
  const invited = await fetch(`${url}/api/v1/people`, {
    method: "POST",
    headers: { authorization: `Bearer ${BOOTSTRAP_KEY}`, "content-type": "application/json" },
    body: JSON.stringify({ email, role }),
  });
  const { link } = (await mustBeGood(invited)) as { link: string };
  const joined = await fetch(`${url}/api/v1/welcome`, {
    method: "POST",
    headers: { origin: url, "content-type": "application/json" },
    body: JSON.stringify({
      token: new URL(link).hash.slice(1),
      name: `${role[0]!.toUpperCase()}${role.slice(1)} of the tests`,
      password: PASSWORD,
    }),
  });
  await mustBeGood(joined);
  return joined.headers.getSetCookie();
}

async function mustBeGood(reply: Response): Promise<unknown> {
  const text = await reply.text();
  if (!reply.ok) throw new Error(`${reply.url}: ${reply.status} ${text.slice(0, 300)}`);
  return JSON.parse(text);
}

/** Sends as the person of a role does from the server's own pages: what no service's key may. */
export async function posterOf({
  server,
  url,
  role,
}: {
  server: string;
  url: string;
  role: Role;
}): Promise<Post> {
  const { cookies } = JSON.parse(await readFile(sessionFile(server, role), "utf8")) as {
    cookies: { name: string; value: string }[];
  };
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
  return async (path, { method, type, body }) =>
    mustBeGood(
      await fetch(`${url}${path}`, { method, headers: { cookie, origin: url, "content-type": type }, body }),
    );
}

/** As Playwright reads a storage state. */
async function keepSession(server: string, role: Role, cookies: readonly string[]): Promise<void> {
  const file = sessionFile(server, role);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, JSON.stringify({ cookies: cookiesOf(cookies), origins: [] }));
}

/** What a server on loopback has set, as a browser is given it. */
export function cookiesOf(set: readonly string[]) {
  return set.map((cookie) => {
    const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie)!;
    return {
      name: name!,
      value: value!,
      domain: "127.0.0.1",
      path: "/",
      expires: Date.now() / 1000 + 24 * 3600,
      httpOnly: true,
      secure: false,
      sameSite: "Lax" as const,
    };
  });
}
