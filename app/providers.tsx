"use client";

import {
  IsRestoringProvider,
  MutationCache,
  QueryCache,
  QueryClient,
  QueryClientProvider,
} from "@tanstack/react-query";
import { ThemeProvider } from "next-themes";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import { type ReactNode, useEffect, useState } from "react";
import { PersonProvider } from "@/components/people/person-context";
import { Toaster } from "@/components/ui/toast";
import { ApiError, worthRetrying } from "@/lib/http/request";
import type { Me } from "@/lib/people/schema";

// Zod would build functions from text where it may, and trying to is against the policy of the page.
const zod = globalThis as { __zod_globalConfig?: { jitless?: boolean } };
zod.__zod_globalConfig ??= {};
zod.__zod_globalConfig.jitless = true;

export function Providers({
  nonce,
  me,
  demo,
  children,
}: {
  /** Of the page's policy, for the script that sets the theme before anything is drawn. */
  nonce: string;
  me: Me | null;
  demo: boolean;
  children: ReactNode;
}) {
  const [client] = useState(makeQueryClient);
  // Queries begin after hydration: data that came between the hydration of two Suspense boundaries would make the
  // second differ from the server's HTML.
  const [hydrating, setHydrating] = useState(true);
  useEffect(() => setHydrating(false), []);
  return (
    <ThemeProvider attribute="class" defaultTheme="system" disableTransitionOnChange nonce={nonce}>
      <QueryClientProvider client={client}>
        <IsRestoringProvider value={hydrating}>
          <PersonProvider me={me} demo={demo}>
            <NuqsAdapter>{children}</NuqsAdapter>
          </PersonProvider>
        </IsRestoringProvider>
        <Toaster />
      </QueryClientProvider>
    </ThemeProvider>
  );
}

function makeQueryClient(): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({ onError: signInAgain }),
    mutationCache: new MutationCache({ onError: signInAgain }),
    defaultOptions: {
      queries: {
        // A server on this machine or intranet answers even when the browser believes to be offline.
        networkMode: "always",
        retry: (failures, error) => failures < 2 && worthRetrying(error),
        retryDelay: (failures, error) =>
          (error instanceof ApiError && error.retryAfterMs) || Math.min(1000 * 2 ** failures, 10_000),
      },
      mutations: { networkMode: "always", retry: false },
    },
  });
}

/** A session that ended while a page was open: its data is no longer the person's to see. */
function signInAgain(error: Error): void {
  if (!(error instanceof ApiError) || error.status !== 401) return;
  const { pathname, search, hash } = window.location;
  if (pathname === "/sign-in" || pathname === "/welcome") return;
  window.location.assign(`/sign-in?to=${encodeURIComponent(pathname + search + hash)}`);
}
