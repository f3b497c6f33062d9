"use client";

import { useQuery } from "@tanstack/react-query";
import { ChevronDown } from "lucide-react";
import { usePathname, useRouter } from "next/navigation";
import { VERSION_TABS, type VersionAddress, versionHref } from "@/lib/models/address";
import { modelQuery } from "@/lib/models/query";

/** The version's name; with several versions, the way to the same tab of another one. */
export function VersionSwitch({ model, version }: VersionAddress) {
  const { data } = useQuery(modelQuery(model));
  const path = usePathname();
  const router = useRouter();
  const tab = VERSION_TABS.find((each) => each.path && path.endsWith(`/${each.path}`))?.path ?? "";
  if (!data || data.versions.length < 2) return <span>version {version}</span>;
  return (
    <span className="relative -mx-1 inline-flex items-center rounded-md hover:bg-selected">
      <select
        aria-label="Version"
        value={version}
        onChange={(event) => router.push(versionHref({ model, version: event.target.value }, tab))}
        className="field-sizing-content max-w-56 appearance-none rounded-md bg-transparent py-0 pr-5.5 pl-1 [&>option]:bg-card [&>option]:text-ink"
      >
        {data.versions.some((each) => each.version === version) ? null : (
          <option value={version}>version {version}</option>
        )}
        {data.versions.map((each) => (
          <option key={each.version} value={each.version}>
            version {each.version}
            {each.stage === "None" || each.version === version ? "" : ` (${each.stage})`}
          </option>
        ))}
      </select>
      <ChevronDown aria-hidden="true" className="pointer-events-none absolute right-1 size-3.5 text-mute" />
    </span>
  );
}
