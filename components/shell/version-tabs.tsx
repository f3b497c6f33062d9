"use client";

import Link from "next/link";
import { usePathname, useSearchParams } from "next/navigation";
import { Suspense, useEffect, useRef } from "react";
import { cn } from "@/components/ui/cn";
import { VERSION_TABS, type VersionAddress, versionHref } from "@/lib/models/address";

/** What a reader chose to look at goes along from tab to tab: the window and the segment. */
const CARRIED = ["from", "to", "segment"] as const;

export function VersionTabs(address: VersionAddress) {
  return (
    <nav
      aria-label="Version"
      className="mt-1 mb-3.5 flex gap-4.5 overflow-x-auto overflow-y-hidden border-line border-b"
    >
      <Suspense fallback={<TabLinks {...address} params={{}} />}>
        <CarryingTabLinks {...address} />
      </Suspense>
    </nav>
  );
}

function CarryingTabLinks(address: VersionAddress) {
  const search = useSearchParams();
  const params = Object.fromEntries(CARRIED.map((name) => [name, search.get(name) ?? undefined]));
  return <TabLinks {...address} params={params} />;
}

function TabLinks({ params, ...address }: VersionAddress & { params: Record<string, string | undefined> }) {
  const path = usePathname();
  const last = path.split("/")[4] ?? "";
  const here = useRef<HTMLAnchorElement>(null);
  // On a phone the last tabs lie beyond the edge.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another tab is another element
  useEffect(() => {
    const tab = here.current;
    const bar = tab?.parentElement;
    if (!tab || !bar) return;
    const left = tab.offsetLeft - bar.offsetLeft;
    if (left + tab.offsetWidth > bar.scrollLeft + bar.clientWidth || left < bar.scrollLeft) {
      bar.scrollLeft = left - 16;
    }
  }, [last]);
  return VERSION_TABS.map((tab) => {
    const current = tab.path === last;
    return (
      <Link
        key={tab.path}
        ref={current ? here : undefined}
        href={versionHref(address, tab.path, params)}
        aria-current={current ? "page" : undefined}
        className={cn(
          "-mb-px whitespace-nowrap border-b-2 py-1.75 -outline-offset-2",
          current ? "border-ink font-semibold text-ink" : "border-transparent text-mute hover:text-ink",
        )}
      >
        {tab.title}
      </Link>
    );
  });
}
