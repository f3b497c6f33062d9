"use client";

import { Search } from "lucide-react";
import Link from "next/link";
import { AccountMenu } from "@/components/people/account-menu";
import { usePerson } from "@/components/people/person-context";
import { Button } from "@/components/ui/button";
import { Heading } from "./heading";
import { ModelLinks } from "./model-links";
import { NavLink } from "./nav-link";
import { usePalette } from "./palette-provider";
import { PromotionsLink } from "./promotions-link";
import { ThemeSwitch } from "./theme-switch";

/** Brand, ways through the application, and every model. */
export function Sidebar({ onNavigate }: { onNavigate?: () => void }) {
  const openPalette = usePalette();
  const { me } = usePerson();
  return (
    <div className="flex min-h-full flex-col px-3 py-4">
      <Link
        href="/models"
        onClick={onNavigate}
        className="mx-2 mb-3 w-fit font-bold text-base tracking-tight"
      >
        Tidemark
      </Link>
      <Button
        className="mb-3 justify-start px-2 text-mute"
        onClick={() => {
          onNavigate?.();
          openPalette();
        }}
      >
        <Search aria-hidden="true" />
        Jump to
        <kbd className="ml-auto rounded-sm border border-line px-1 font-sans text-2xs">/</kbd>
      </Button>
      <nav aria-label="Main" className="flex flex-1 flex-col gap-px">
        <NavLink href="/models" exact onNavigate={onNavigate}>
          Models
        </NavLink>
        <ModelLinks onNavigate={onNavigate} />
        <PromotionsLink onNavigate={onNavigate} />
        <Heading>Train</Heading>
        <NavLink href="/experiments" onNavigate={onNavigate}>
          Experiments
        </NavLink>
        <Heading>Send data</Heading>
        <NavLink href="/connect" onNavigate={onNavigate}>
          Connect a client
        </NavLink>
        <NavLink href="/api-docs" onNavigate={onNavigate}>
          API reference
        </NavLink>
        <Heading>Operate</Heading>
        <NavLink href="/keys" onNavigate={onNavigate}>
          API keys
        </NavLink>
        {me?.role === "admin" ? (
          <>
            <NavLink href="/people" onNavigate={onNavigate}>
              People
            </NavLink>
            <NavLink href="/webhooks" onNavigate={onNavigate}>
              Webhooks
            </NavLink>
            <NavLink href="/audit" onNavigate={onNavigate}>
              Audit log
            </NavLink>
          </>
        ) : null}
      </nav>
      <div className="mt-4 flex flex-col gap-2">
        <AccountMenu />
        <ThemeSwitch />
      </div>
    </div>
  );
}
