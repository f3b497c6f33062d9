import { ArrowRight } from "lucide-react";
import Link from "next/link";
import { cn } from "@/components/ui/cn";
import type { LineageStep } from "./lineage-steps";

export function LineageStop({ step: { name, title, note, href, tone } }: { step: LineageStep }) {
  return (
    <li className="flex min-w-0 items-start gap-2 lg:[&:last-child>svg]:hidden">
      <div className="min-w-0 flex-1 max-lg:grid max-lg:grid-cols-[6.5rem_minmax(0,1fr)] max-lg:gap-x-2">
        <span className="block text-mute text-xs max-lg:row-span-2">{name}</span>
        {href ? (
          <Link
            href={href}
            prefetch={false}
            className={cn(
              "link block break-words lg:line-clamp-2",
              tone === "warn" && "font-semibold text-high",
            )}
          >
            {title}
          </Link>
        ) : (
          <span className="block break-words text-soft">{title}</span>
        )}
        {note ? <span className="block break-words text-mute text-xs max-lg:col-start-2">{note}</span> : null}
      </div>
      <ArrowRight aria-hidden="true" className="mt-4 mr-2 size-3.5 shrink-0 text-mute max-lg:hidden" />
    </li>
  );
}
