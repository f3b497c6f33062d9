"use client";

import { useQuery } from "@tanstack/react-query";
import { ChevronDown } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { Dropdown, DropdownContent, DropdownItem, DropdownTrigger } from "@/components/ui/dropdown";
import { VERSION_TABS, type VersionAddress, versionHref } from "@/lib/models/address";
import { modelQuery } from "@/lib/models/query";

/** The version's name; with several versions, the way to the same tab of another one. */
export function VersionSwitch({ model, version }: VersionAddress) {
  const { data } = useQuery(modelQuery(model));
  const path = usePathname();
  const tab = VERSION_TABS.find((each) => each.path && path.endsWith(`/${each.path}`))?.path ?? "";
  if (!data || data.versions.length < 2) return <span>version {version}</span>;
  return (
    <Dropdown>
      <DropdownTrigger className="-mx-1 inline-flex items-center gap-1 rounded-md px-1 hover:bg-selected">
        version {version}
        <ChevronDown aria-hidden="true" className="size-3.5 text-mute" />
        <span className="sr-only">, change version</span>
      </DropdownTrigger>
      <DropdownContent align="start">
        {data.versions.map((each) => (
          <DropdownItem key={each.version} asChild>
            <Link
              href={versionHref({ model, version: each.version }, tab)}
              aria-current={each.version === version ? "page" : undefined}
              className="aria-[current=page]:font-semibold"
            >
              version {each.version}
              {each.stage === "None" ? null : <span className="text-mute text-xs">{each.stage}</span>}
            </Link>
          </DropdownItem>
        ))}
      </DropdownContent>
    </Dropdown>
  );
}
