import "server-only";
import { type DehydratedState, dehydrate, hashKey, QueryClient, type QueryKey } from "@tanstack/react-query";
import { cache } from "react";
import type { z } from "zod";
import { authorize, type Principal } from "@/lib/http/principal";
import type { Scope } from "@/lib/keys/schema";
import type { Role } from "@/lib/people/roles";
import { getRuntime, type Runtime } from "./runtime";

/** A page does not wait for its numbers longer than this: what is not there by then the browser asks for. */
const PATIENCE_MS = 1_000;

/** What the browser would ask over HTTP, and the verb that answers it in this process. */
export type Answer<Reply> = {
  query: { queryKey: QueryKey; initialPageParam?: string | undefined };
  reply: z.ZodType<Reply>;
  verb: (runtime: Runtime, signal: AbortSignal, visitor: Principal) => Promise<unknown>;
};

/** The answer, or null where there is none: the browser asks again, and shows what went wrong. */
export type Ask = <Reply>(answer: Answer<Reply>) => Promise<Reply | null>;

// One page's layout and content share what was asked, and the time that may pass.
const pageClient = cache(
  () =>
    new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: Number.POSITIVE_INFINITY } } }),
);
const pagePatience = cache(() => AbortSignal.timeout(PATIENCE_MS));

/**
 * Answers a page's questions for whoever opens it, for as long as patience lasts.
 * @returns what was answered in time, for react-query to hydrate; null for a visitor who may not read.
 */
export async function prefetch(
  visitor: Promise<Principal>,
  { scope, role, load }: { scope: Scope; role?: Role; load: (ask: Ask) => Promise<unknown> },
): Promise<DehydratedState | null> {
  const client = pageClient();
  const patience = pagePatience();
  const asked = new Set<string>();

  const answerAll = async () => {
    const runtime = await getRuntime();
    const principal = await visitor;
    authorize(principal, { scope, role });
    await load(async ({ query, reply, verb }) => {
      if (patience.aborted) return null;
      asked.add(hashKey(query.queryKey));
      const queryFn = async () => asFetched(reply, await verb(runtime, patience, principal));
      try {
        return await fetchInto(client, query, queryFn);
      } catch {
        return null;
      }
    });
  };
  const allowed = await Promise.race([
    answerAll().then(
      () => true,
      () => false,
    ),
    ended(patience),
  ]);
  if (!allowed) return null;
  return dehydrate(client, {
    shouldDehydrateQuery: ({ queryHash, state }) => asked.has(queryHash) && state.status === "success",
  });
}

/** Pages of a list are kept as react-query keeps them. */
async function fetchInto<Reply>(
  client: QueryClient,
  query: Answer<Reply>["query"],
  queryFn: () => Promise<Reply>,
): Promise<Reply | null> {
  const { queryKey, initialPageParam } = query;
  if (!("initialPageParam" in query)) return client.fetchQuery({ queryKey, queryFn });
  const { pages } = await client.fetchInfiniteQuery({ queryKey, queryFn, initialPageParam });
  return pages[0] ?? null;
}

/** A reply in the shape in which it would have come over HTTP. */
const asFetched = <Reply>(schema: z.ZodType<Reply>, reply: unknown): Reply =>
  schema.parse(JSON.parse(JSON.stringify(reply)));

const ended = (signal: AbortSignal): Promise<true> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve(true);
    else signal.addEventListener("abort", () => resolve(true), { once: true });
  });
