"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";

/** A link of the sidebar, marked as current on its page and (unless exact) on the pages below it. */
export function NavLink({
  href,
  exact = false,
  onNavigate,
  children,
}: {
  href: string;
  exact?: boolean;
  onNavigate?: (() => void) | undefined;
  children: ReactNode;
}) {
  const path = usePathname();
  const current = path === href || (!exact && path.startsWith(`${href}/`));
  return (
    <Link
      href={href}
      onClick={onNavigate}
      aria-current={current ? "page" : undefined}
      className={cn(
        "block rounded-md px-2 py-1.25 hover:bg-selected hover:text-ink",
        current ? "bg-selected font-semibold text-ink" : "text-soft",
      )}
    >
      {children}
    </Link>
  );
}
