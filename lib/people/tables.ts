import { boolean, pgTable, text, timestamp } from "drizzle-orm/pg-core";

/**
 * The tables that better-auth reads and writes, under its names for them. drizzle/0023_people.sql defines them; here
 * stands only which of its fields is which column.
 */
const time = (name: string) => timestamp(name, { withTimezone: true });

const user = pgTable("person", {
  id: text("person_id").primaryKey(),
  email: text("email").notNull(),
  name: text("name").notNull(),
  emailVerified: boolean("email_verified").notNull(),
  image: text("image"),
  role: text("role").notNull(),
  disabledAt: time("disabled_at"),
  createdAt: time("created_at").notNull(),
  updatedAt: time("updated_at").notNull(),
});

const session = pgTable("person_session", {
  id: text("session_id").primaryKey(),
  userId: text("person_id").notNull(),
  token: text("token").notNull(),
  expiresAt: time("expires_at").notNull(),
  ipAddress: text("ip_address"),
  userAgent: text("user_agent"),
  createdAt: time("created_at").notNull(),
  updatedAt: time("updated_at").notNull(),
});

const account = pgTable("person_account", {
  id: text("account_id").primaryKey(),
  userId: text("person_id").notNull(),
  providerId: text("provider_id").notNull(),
  accountId: text("provider_account_id").notNull(),
  password: text("password"),
  accessToken: text("access_token"),
  refreshToken: text("refresh_token"),
  idToken: text("id_token"),
  accessTokenExpiresAt: time("access_token_expires_at"),
  refreshTokenExpiresAt: time("refresh_token_expires_at"),
  scope: text("scope"),
  createdAt: time("created_at").notNull(),
  updatedAt: time("updated_at").notNull(),
});

const verification = pgTable("person_verification", {
  id: text("verification_id").primaryKey(),
  identifier: text("identifier").notNull(),
  value: text("value").notNull(),
  expiresAt: time("expires_at").notNull(),
  createdAt: time("created_at").notNull(),
  updatedAt: time("updated_at").notNull(),
});

export const authTables = { user, session, account, verification };
