import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn";

export function Card({ className, ...props }: ComponentProps<"section">) {
  return (
    <section
      className={cn("min-w-0 rounded-lg border border-line bg-card px-3.5 py-3", className)}
      {...props}
    />
  );
}

/** The title line of a card, with room for one action at its right. */
export function CardTitle({
  children,
  note,
  action,
  as: Heading = "h2",
}: {
  children: ReactNode;
  note?: ReactNode;
  action?: ReactNode;
  as?: "h2" | "h3";
}) {
  return (
    <div className="mb-2 flex flex-wrap items-baseline gap-x-2 gap-y-1">
      <Heading className="font-semibold text-sm">{children}</Heading>
      {note ? <span className="text-mute text-xs">{note}</span> : null}
      {action ? <span className="ml-auto">{action}</span> : null}
    </div>
  );
}
