import type { ReactNode } from "react";
import { PaletteProvider } from "./palette-provider";
import { Sidebar } from "./sidebar";
import { TopBar } from "./top-bar";

export function Shell({ children }: { children: ReactNode }) {
  return (
    <PaletteProvider>
      <a
        href="#content"
        className="-translate-y-16 fixed top-2 left-2 z-50 rounded-md bg-ink px-3 py-2 text-bg focus:translate-y-0"
      >
        Skip to the content
      </a>
      <div className="min-h-screen lg:grid lg:grid-cols-[13rem_minmax(0,1fr)] print:block">
        <TopBar />
        <aside className="sticky top-0 hidden h-screen overflow-y-auto border-line border-r bg-side lg:block print:hidden">
          <Sidebar />
        </aside>
        <main id="content" tabIndex={-1} className="min-w-0 px-4 pt-3.5 pb-10 outline-none sm:px-6">
          <div className="max-w-[75rem]">{children}</div>
        </main>
      </div>
    </PaletteProvider>
  );
}
