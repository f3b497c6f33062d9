"use client";

import { Link2 } from "lucide-react";
import Link from "next/link";
import { CopyButton } from "@/components/ui/copy-button";
import type { VersionAddress } from "@/lib/models/address";
import { PageControlsSlot } from "./page-controls";
import { StagePill } from "./stage-pill";
import { VersionSwitch } from "./version-switch";

/** Where one is, and the page's controls, in one line. */
export function VersionHeader({ model, version }: VersionAddress) {
  return (
    <header className="mb-1.5 flex flex-wrap items-center gap-x-2.5 gap-y-2">
      <h1 className="flex min-w-0 flex-wrap items-center gap-x-1.5 gap-y-1 text-base">
        <Link href="/models" className="text-mute hover:text-ink">
          Models
        </Link>
        <span aria-hidden="true" className="text-mute">
          /
        </span>
        <span className="min-w-0 break-words">{model}</span>
        <span aria-hidden="true" className="text-mute">
          /
        </span>
        <VersionSwitch model={model} version={version} />
      </h1>
      <StagePill model={model} version={version} />
      <div className="ml-auto flex flex-wrap items-center gap-2 max-sm:ml-0 max-sm:w-full max-sm:gap-1.5">
        <PageControlsSlot />
        <CopyButton
          tone="primary"
          icon={<Link2 aria-hidden="true" />}
          text={() => window.location.href}
          className="max-sm:min-h-7 max-sm:px-2 max-sm:text-xs"
        >
          Copy link
        </CopyButton>
      </div>
    </header>
  );
}
