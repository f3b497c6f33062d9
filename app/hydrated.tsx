"use client";

import { type DehydratedState, hydrate, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useMemo } from "react";
import { RenderedAt } from "@/components/ui/rendered-at";

/**
 * Gives the browser's queries what the server has answered. While rendering, unlike HydrationBoundary also for a query
 * that the shell around the page has asked for already: the page's own HTML must hold it.
 */
export function Hydrated({
  state,
  at,
  children,
}: {
  state: DehydratedState;
  at: number;
  children: ReactNode;
}) {
  const client = useQueryClient();
  useMemo(() => hydrate(client, state), [client, state]);
  return <RenderedAt value={at}>{children}</RenderedAt>;
}
