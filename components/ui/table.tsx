import type { ComponentProps } from "react";
import { cn } from "./cn";

/** A table that scrolls inside itself when it must, never the page. */
export function Table({ className, label, ...props }: ComponentProps<"table"> & { label: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section aria-label={label} tabIndex={0} className="relative min-w-0 overflow-x-auto">
      <table className={cn("w-full border-collapse text-sm", className)} {...props} />
    </section>
  );
}

export function Th({ className, numeric, ...props }: ComponentProps<"th"> & { numeric?: boolean }) {
  return (
    <th
      scope="col"
      className={cn(
        "whitespace-nowrap border-line border-b px-1.5 py-1.5 font-medium text-mute text-xs",
        numeric ? "text-right" : "text-left",
        className,
      )}
      {...props}
    />
  );
}

export function Td({ className, numeric, ...props }: ComponentProps<"td"> & { numeric?: boolean }) {
  return (
    <td
      className={cn(
        "border-line-soft border-b px-1.5 py-1.5 align-top",
        numeric && "whitespace-nowrap text-right",
        className,
      )}
      {...props}
    />
  );
}
