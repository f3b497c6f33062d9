import type { Metadata, Viewport } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import { Shell } from "@/components/shell/shell";
import "./globals.css";
import { NONCE_HEADER, PATH_HEADER } from "@/lib/http/page-headers";
import { getRuntime } from "@/lib/server/runtime";
import { visitorOf } from "@/lib/server/visitor";
import { Providers } from "./providers";

export const metadata: Metadata = {
  title: { default: "Tidemark", template: "%s · Tidemark" },
  description: "Which feature drifted, since when, and what it did to the model.",
};

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#fbfbfc" },
    { media: "(prefers-color-scheme: dark)", color: "#0f1216" },
  ],
};

/** What there is for who is not signed in. */
const OPEN = /^\/(sign-in|welcome)([?#]|$)/;

export default async function RootLayout({ children }: { children: ReactNode }) {
  const sent = await headers();
  const path = sent.get(PATH_HEADER) ?? "/";
  const { person } = await visitorOf(sent);
  const { demo } = (await getRuntime()).settings;
  if (!person && !OPEN.test(path)) {
    const to = encodeURIComponent(path);
    redirect(demo ? `/api/auth/demo?to=${to}` : path === "/" ? "/sign-in" : `/sign-in?to=${to}`);
  }
  const me = person && !OPEN.test(path) ? person : null;
  return (
    // The theme script sets the class before React wakes up.
    <html lang="en" suppressHydrationWarning>
      <body>
        <Providers
          nonce={sent.get(NONCE_HEADER) ?? ""}
          me={me && { email: me.email, name: me.name, role: me.role, model_roles: me.model_roles }}
          demo={demo}
        >
          {me ? <Shell>{children}</Shell> : children}
        </Providers>
      </body>
    </html>
  );
}
