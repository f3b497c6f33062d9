import { queryOptions } from "@tanstack/react-query";
import type { z } from "zod";
import { recovering } from "@/lib/http/refresh";
import { apiUrl, request } from "@/lib/http/request";
import type { NewInvitation, PersonChange, Welcome } from "./schema";

const schemas = () => import("./schema");
const post = (json?: unknown) => ({ method: "POST" as const, ...(json === undefined ? {} : { json }) });

export const peopleQuery = () =>
  queryOptions({
    queryKey: ["people"],
    queryFn: ({ signal }) => request(async () => (await schemas()).People, apiUrl(["people"]), { signal }),
    staleTime: 5_000,
    ...recovering,
  });

export const accountQuery = () =>
  queryOptions({
    queryKey: ["me"],
    queryFn: ({ signal }) => request(async () => (await schemas()).Account, apiUrl(["me"]), { signal }),
    staleTime: 5_000,
    ...recovering,
  });

const link = async () => (await schemas()).LinkReply;
const person = async () => (await schemas()).Person;
const account = async () => (await schemas()).Account;
const done = async () => (await schemas()).Done;

export const invitePerson = (invitation: z.input<typeof NewInvitation>) =>
  request(link, apiUrl(["people"]), post(invitation));
export const resetPassword = (id: string) => request(link, apiUrl(["people", id, "reset"]), post());
export const changePerson = ({ id, ...change }: PersonChange & { id: string }) =>
  request(person, apiUrl(["people", id]), { method: "PATCH", json: change });
export const signOutPerson = (id: string) => request(person, apiUrl(["people", id, "sign-out"]), post());
export const withdrawInvitation = (id: string) =>
  request(done, apiUrl(["people", "invitations", id]), { method: "DELETE" });

export const signIn = (pair: { email: string; password: string }) =>
  request(done, "/api/auth/sign-in", post(pair));
export const signOut = () => request(done, "/api/auth/sign-out", post());
export const beginOidc = (to: string) =>
  request(async () => (await schemas()).OidcStart, "/api/auth/oidc", post({ to }));
export const forgotPassword = (email: string) => request(done, apiUrl(["forgotten"]), post({ email }));
export const readLink = (token: string) =>
  request(async () => (await schemas()).LinkPurpose, apiUrl(["welcome", "read"]), post({ token }));
export const acceptWelcome = (welcome: z.input<typeof Welcome>) =>
  request(done, apiUrl(["welcome"]), post(welcome));

export const endSession = (id: string) =>
  request(account, apiUrl(["me", "sessions", id]), { method: "DELETE" });
export const endOtherSessions = () => request(account, apiUrl(["me", "sign-out"]), post());
export const changePassword = (words: { current: string; password: string }) =>
  request(account, apiUrl(["me", "password"]), post(words));
