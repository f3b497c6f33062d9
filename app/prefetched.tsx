import { headers } from "next/headers";
import type { ReactNode } from "react";
import type { Scope } from "@/lib/keys/schema";
import type { Role } from "@/lib/people/roles";
import { type Ask, prefetch } from "@/lib/server/prefetch";
import { visitorOf } from "@/lib/server/visitor";
import { Hydrated } from "./hydrated";

/**
 * A part of a page whose first HTML holds its numbers. Whatever fails or takes too long the browser asks for itself,
 * and so it does when it goes from page to page: there it shows what it has, or a skeleton, at once.
 */
export async function Prefetched({
  scope = "read",
  least,
  load,
  children,
}: {
  scope?: Scope;
  /** The least role of who opens the page; unset = what the scope asks. */
  least?: Role;
  load: (ask: Ask) => Promise<unknown>;
  children: ReactNode;
}) {
  const sent = await headers();
  const state =
    sent.get("sec-fetch-dest") === "empty"
      ? null
      : await prefetch(visitorOf(sent), { scope, ...(least ? { role: least } : {}), load });
  return state ? (
    <Hydrated state={state} at={Date.now()}>
      {children}
    </Hydrated>
  ) : (
    children
  );
}
