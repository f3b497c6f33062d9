"use client";

import { IsRestoringProvider, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { ThemeProvider } from "next-themes";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import { type ReactNode, useEffect, useState } from "react";
import { Toaster } from "@/components/ui/toast";
import { ApiError, worthRetrying } from "@/lib/http/request";

export function Providers({ children }: { children: ReactNode }) {
  const [client] = useState(makeQueryClient);
  // Queries begin after hydration: data that came between the hydration of two Suspense boundaries would make the
  // second differ from the server's HTML.
  const [hydrating, setHydrating] = useState(true);
  useEffect(() => setHydrating(false), []);
  return (
    <ThemeProvider attribute="class" defaultTheme="system" disableTransitionOnChange>
      <QueryClientProvider client={client}>
        <IsRestoringProvider value={hydrating}>
          <NuqsAdapter>{children}</NuqsAdapter>
        </IsRestoringProvider>
        <Toaster />
      </QueryClientProvider>
    </ThemeProvider>
  );
}

function makeQueryClient(): QueryClient {
  return new QueryClient({
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
