"use client";

import { Menu, Search } from "lucide-react";
import dynamic from "next/dynamic";
import Link from "next/link";
import { useState } from "react";
import { AccountMenu } from "@/components/people/account-menu";
import { Button } from "@/components/ui/button";
import { usePalette } from "./palette-provider";

const MenuSheet = dynamic(() => import("./menu-sheet").then((module) => module.MenuSheet), { ssr: false });

/** On a narrow screen, in place of the sidebar. */
export function TopBar() {
  const [open, setOpen] = useState(false);
  const [wanted, setWanted] = useState(false);
  const openPalette = usePalette();
  return (
    <header className="sticky top-0 z-30 flex items-center gap-1 border-line border-b bg-side px-2 py-1.5 lg:hidden print:hidden">
      <Button
        tone="ghost"
        size="icon"
        aria-label="Menu"
        aria-haspopup="dialog"
        aria-expanded={open}
        onClick={() => {
          setWanted(true);
          setOpen(true);
        }}
      >
        <Menu aria-hidden="true" />
      </Button>
      {wanted ? <MenuSheet open={open} onOpenChange={setOpen} /> : null}
      <Link href="/models" className="font-bold text-base tracking-tight">
        Tidemark
      </Link>
      <Button tone="ghost" size="icon" aria-label="Jump to" className="ml-auto" onClick={openPalette}>
        <Search aria-hidden="true" />
      </Button>
      <AccountMenu compact />
    </header>
  );
}
