import type { ReactNode } from "react";

/** A page for who is not signed in: one card in the middle. */
export function PlainPage({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className="grid min-h-screen place-items-center p-4">
      <div className="flex w-full max-w-sm flex-col gap-4 rounded-lg border border-line bg-card p-6">
        <p className="font-bold text-base tracking-tight">Tidemark</p>
        <h1 className="text-base">{title}</h1>
        {children}
      </div>
    </main>
  );
}
