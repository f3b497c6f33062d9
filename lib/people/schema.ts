import { z } from "zod";
import { Timestamp } from "@/lib/wire";
import { LONGEST_PASSWORD, SHORTEST_PASSWORD } from "./password";
import { ROLES } from "./roles";

export const RoleName = z.enum(ROLES, { error: `expected ${ROLES.join(", ")}` });

export const Email = z
  .email({ error: "expected an e-mail address such as ana@example.org" })
  .max(200)
  .transform((text) => text.toLowerCase());

const PersonName = z.string().trim().min(1, "the name must not be empty").max(100);

export const Password = z
  .string()
  .min(SHORTEST_PASSWORD, `the password must have at least ${SHORTEST_PASSWORD} characters`)
  .max(LONGEST_PASSWORD, `the password is longer than ${LONGEST_PASSWORD} characters`);

/** What a person may do with a model in place of their role. */
export const ModelRole = z.object({ model: z.string(), role: RoleName });
export type ModelRole = z.infer<typeof ModelRole>;

export const Person = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  role: RoleName,
  model_roles: z.array(ModelRole),
  created_at: Timestamp,
  disabled_at: Timestamp.nullable(),
  /** Of the latest session that was begun. */
  last_sign_in_at: Timestamp.nullable(),
  sessions: z.number().int().nonnegative(),
});
export type Person = z.infer<typeof Person>;

/** Somebody who was invited and has not come yet. */
export const Invitation = z.object({
  id: z.string(),
  email: z.string(),
  role: RoleName,
  created_by: z.string(),
  created_at: Timestamp,
  expires_at: Timestamp,
});
export type Invitation = z.infer<typeof Invitation>;

/** GET /api/v1/people */
export const People = z.object({
  people: z.array(Person),
  invitations: z.array(Invitation),
  /** Whether links are mailed; else who makes one hands it on. */
  mail: z.boolean(),
});
export type People = z.infer<typeof People>;

/** POST /api/v1/people */
export const NewInvitation = z.object({ email: Email, role: RoleName }).strict();
export type NewInvitation = z.infer<typeof NewInvitation>;

/** A one-time link: mailed, or else in this reply and nowhere again. */
export const LinkReply = z.object({
  email: z.string(),
  mailed: z.boolean(),
  link: z.string().nullable(),
  expires_at: Timestamp,
});
export type LinkReply = z.infer<typeof LinkReply>;

/** PATCH /api/v1/people/{person}; a model's role of null takes it back. */
export const PersonChange = z
  .object({
    role: RoleName.optional(),
    disabled: z.boolean().optional(),
    model_roles: z
      .array(z.object({ model: z.string(), role: RoleName.nullable() }).strict())
      .max(200)
      .optional(),
  })
  .strict();
export type PersonChange = z.infer<typeof PersonChange>;

/** POST /api/v1/welcome */
export const Welcome = z
  .object({
    token: z.string().max(200),
    email: Email.optional(),
    name: PersonName.optional(),
    password: Password,
  })
  .strict();
export type Welcome = z.infer<typeof Welcome>;

/** What a one-time link is for; null = it was used, has lapsed, or never was. */
export const LinkPurpose = z.object({
  kind: z.enum(["first", "invite", "reset"]),
  email: z.string().nullable(),
});
export type LinkPurpose = z.infer<typeof LinkPurpose>;

export const SignIn = z.object({ email: Email, password: z.string().max(LONGEST_PASSWORD) }).strict();
export type SignIn = z.infer<typeof SignIn>;

/** Who is signed in, as pages know it. */
export const Me = z.object({
  email: z.string(),
  name: z.string(),
  role: RoleName,
  model_roles: z.array(ModelRole),
});
export type Me = z.infer<typeof Me>;

export const Session = z.object({
  id: z.string(),
  created_at: Timestamp,
  /** Of its latest use, to the hour. */
  used_at: Timestamp,
  /** When it ends, unless it is used before that. */
  expires_at: Timestamp,
  user_agent: z.string().nullable(),
  current: z.boolean(),
});
export type Session = z.infer<typeof Session>;

/** GET /api/v1/me */
export const Account = Me.extend({ sessions: z.array(Session), has_password: z.boolean() });
export type Account = z.infer<typeof Account>;

/** POST /api/v1/me/password: every other session of the person ends. */
export const NewPassword = z
  .object({ current: z.string().max(LONGEST_PASSWORD), password: Password })
  .strict();

export const Done = z.object({ done: z.literal(true) });

/** POST /api/auth/oidc: where the browser goes. */
export const OidcStart = z.object({ url: z.string() });
