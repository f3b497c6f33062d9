import { headers } from "next/headers";
import type { ReactNode } from "react";
import type { Scope } from "@/lib/keys/schema";
import { type Ask, prefetch } from "@/lib/server/prefetch";
import { Hydrated } from "./hydrated";

/**
 * A part of a page whose first HTML holds its numbers. Whatever fails or takes too long the browser asks for itself,
 * and so it does when it goes from page to page: there it shows what it has, or a skeleton, at once.
 */
export async function Prefetched({
  scope = "read",
  load,
  children,
}: {
  scope?: Scope;
  load: (ask: Ask) => Promise<unknown>;
  children: ReactNode;
}) {
  const sent = await headers();
  const state = sent.get("sec-fetch-dest") === "empty" ? null : await prefetch(sent, { scope, load });
  return state ? (
    <Hydrated state={state} at={Date.now()}>
      {children}
    </Hydrated>
  ) : (
    children
  );
}
