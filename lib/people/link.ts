import { createHash, randomBytes, randomUUID } from "node:crypto";
import { TidemarkError } from "@/lib/errors";
import { log } from "@/lib/log";
import type { Runtime } from "@/lib/server/runtime";
import { authOf } from "./auth";
import { inBackground } from "./background";
import { ANONYMOUS, findLink, insertLink, spendLink } from "./link-store";
import { sendMail } from "./mail";
import { countPeople, findPersonByEmail, selectPeople } from "./person-store";
import { type LinkPurpose, type LinkReply, NewInvitation, Welcome } from "./schema";

const HOUR_MS = 60 * 60 * 1000;
const LASTS_MS = { first: 24 * HOUR_MS, invite: 7 * 24 * HOUR_MS, reset: 2 * HOUR_MS } as const;

// 256 random bits cannot be guessed, so a slow hash would add nothing.
const hashOf = (token: string) => createHash("sha256").update(token).digest("hex");

const LOST = "this link has been used, has lapsed or was replaced: ask an administrator for a new one";

async function makeLink(
  runtime: Runtime,
  link: {
    kind: LinkPurpose["kind"];
    email: string | null;
    role: NewInvitation["role"] | null;
    actor: string;
  },
): Promise<{ path: string; expiresAt: Date }> {
  const token = randomBytes(32).toString("base64url");
  const expiresAt = new Date(Date.now() + LASTS_MS[link.kind]);
  await insertLink(runtime.db, { ...link, hash: hashOf(token), expiresAt });
  // Behind the #, so that it is in no log of a proxy and in no Referer.
  return { path: `/welcome#${token}`, expiresAt };
}

/** Where nobody has an account yet, a link that makes the first administrator; null otherwise. */
export async function firstLink(runtime: Runtime): Promise<string | null> {
  if ((await countPeople(runtime.db)) > 0) return null;
  return (await makeLink(runtime, { kind: "first", email: null, role: "admin", actor: "cli" })).path;
}

/**
 * Invites somebody. The link is mailed where mail is set up, else it is in the reply and nowhere again.
 * @param origin where this server is found: "https://tidemark.example.org"
 * @throws TidemarkError `conflict` for who has an account already
 */
export async function invite(
  runtime: Runtime,
  invitation: NewInvitation,
  { actor, origin }: { actor: string; origin: string },
): Promise<LinkReply> {
  const { email, role } = NewInvitation.parse(invitation);
  if ((await selectPeople(runtime.db)).some((person) => person.email === email)) {
    throw new TidemarkError(
      "conflict",
      `${email} has an account already: change its role on the page /people`,
    );
  }
  const made = await makeLink(runtime, { kind: "invite", email, role, actor });
  return handOver(runtime, {
    email,
    link: origin + made.path,
    expiresAt: made.expiresAt,
    subject: "Your invitation to Tidemark",
    words: `${actor.replace(/^person:/, "")} invites you to Tidemark as ${role}. Choose a password here:`,
  });
}

/** A link by which a person sets a new password. @throws TidemarkError `not_found` */
export async function resetPassword(
  runtime: Runtime,
  personId: string,
  { actor, origin }: { actor: string; origin: string },
): Promise<LinkReply> {
  const [person] = await selectPeople(runtime.db, personId);
  if (!person)
    throw new TidemarkError("not_found", `there is no person ${JSON.stringify(personId.slice(0, 80))}`);
  return mailReset(runtime, person.email, { actor, origin });
}

/**
 * Of who forgot their password: says the same for every address, as fast, and mails only those who are here. Whoever
 * asks has not shown who they are, so it is nobody's deed; nor do they do away with a link that an administrator made.
 * @throws TidemarkError `conflict` where this server sends no mail at all
 */
export function forgotPassword(runtime: Runtime, email: string, origin: string): void {
  if (!runtime.settings.smtpUrl) {
    throw new TidemarkError(
      "conflict",
      "this server sends no mail: ask an administrator for a link to set a new password",
    );
  }
  inBackground(runtime, async () => {
    try {
      const person = await findPersonByEmail(runtime.db, email);
      if (person) await mailReset(runtime, email, { actor: ANONYMOUS, origin });
    } catch (error) {
      // Without the address, which the error's own words and those of the mail server may hold.
      log.warn(
        { code: codeOf(error) },
        "a link for a forgotten password was not mailed: check TIDEMARK_SMTP_URL, the mail server and the store",
      );
    }
  });
}

/** "ECONNREFUSED", "EENVELOPE 550": what failed, of the error or of what caused it. */
function codeOf(error: unknown): string {
  const { cause = error } = error as { cause?: unknown };
  const { code, responseCode } = Object(cause) as { code?: unknown; responseCode?: unknown };
  return [code, responseCode].filter((each) => each !== undefined).join(" ") || "unknown";
}

async function mailReset(
  runtime: Runtime,
  email: string,
  { actor, origin }: { actor: string; origin: string },
): Promise<LinkReply> {
  const made = await makeLink(runtime, { kind: "reset", email, role: null, actor });
  return handOver(runtime, {
    email,
    link: origin + made.path,
    expiresAt: made.expiresAt,
    subject: "A new password for Tidemark",
    words: "Set a new password here. If you did not ask for it, leave this mail alone:",
  });
}

async function handOver(
  runtime: Runtime,
  mail: { email: string; link: string; expiresAt: Date; subject: string; words: string },
): Promise<LinkReply> {
  const expires_at = mail.expiresAt.toISOString();
  const mailed = await sendMail(runtime.settings, {
    to: mail.email,
    subject: mail.subject,
    text: `${mail.words}\n\n${mail.link}\n\nThe link works once, until ${expires_at}.\n`,
  });
  return { email: mail.email, mailed, link: mailed ? null : mail.link, expires_at };
}

/** What a link is for. @throws TidemarkError `not_found` for one that is no good any more */
export async function readLink(runtime: Runtime, token: string): Promise<LinkPurpose> {
  const purpose = await findLink(runtime.db, hashOf(token));
  if (!purpose) throw new TidemarkError("not_found", LOST);
  return purpose;
}

/**
 * Uses a link: the person is there, with that password.
 * @returns their address
 * @throws TidemarkError `not_found` for a link that is no good any more, `bad_request` for what it wants to know
 */
export async function acceptLink(runtime: Runtime, welcome: Welcome): Promise<string> {
  const { token, email, name, password } = Welcome.parse(welcome);
  const purpose = await readLink(runtime, token);
  if (purpose.kind !== "reset" && !name)
    throw new TidemarkError("bad_request", "body.name: your name is missing");
  if (purpose.email === null && !email) {
    throw new TidemarkError("bad_request", "body.email: your e-mail address is missing");
  }
  const context = await authOf(runtime).$context;
  const used = await spendLink(runtime.db, {
    hash: hashOf(token),
    email: email ?? null,
    name: name ?? null,
    password: await context.password.hash(password),
    personId: randomUUID(),
    accountId: randomUUID(),
  });
  if (!used) throw new TidemarkError("not_found", LOST);
  return used;
}
