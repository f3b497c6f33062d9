"use client";

import { Menu, Search, X } from "lucide-react";
import Link from "next/link";
import { Dialog } from "radix-ui";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { usePalette } from "./palette-provider";
import { Sidebar } from "./sidebar";

/** On a narrow screen, in place of the sidebar. */
export function TopBar() {
  const [open, setOpen] = useState(false);
  const openPalette = usePalette();
  return (
    <header className="sticky top-0 z-30 flex items-center gap-1 border-line border-b bg-side px-2 py-1.5 lg:hidden">
      <Dialog.Root open={open} onOpenChange={setOpen}>
        <Dialog.Trigger asChild>
          <Button tone="ghost" size="icon" aria-label="Menu">
            <Menu aria-hidden="true" />
          </Button>
        </Dialog.Trigger>
        <Dialog.Portal>
          <Dialog.Overlay className="fixed inset-0 z-40 bg-[rgb(10_14_20/45%)]" />
          <Dialog.Content
            aria-describedby={undefined}
            className="fixed inset-y-0 left-0 z-50 w-64 max-w-[85vw] overflow-y-auto border-line border-r bg-side shadow-float focus:outline-none"
          >
            <Dialog.Title className="sr-only">Menu</Dialog.Title>
            <Dialog.Close asChild>
              <Button
                tone="ghost"
                size="icon"
                aria-label="Close the menu"
                className="absolute top-2.5 right-2"
              >
                <X aria-hidden="true" />
              </Button>
            </Dialog.Close>
            <Sidebar onNavigate={() => setOpen(false)} />
          </Dialog.Content>
        </Dialog.Portal>
      </Dialog.Root>
      <Link href="/models" className="font-bold text-base tracking-tight">
        Tidemark
      </Link>
      <Button tone="ghost" size="icon" aria-label="Jump to" className="ml-auto" onClick={openPalette}>
        <Search aria-hidden="true" />
      </Button>
    </header>
  );
}
