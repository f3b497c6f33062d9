import type { ComponentProps } from "react";
import { cn } from "./cn";

const FIELD =
  "min-h-8 rounded-md border border-line bg-card px-2.5 py-1 text-sm text-ink placeholder:text-mute hover:border-line-strong aria-invalid:border-high disabled:opacity-55";

export function Input({ className, ...props }: ComponentProps<"input">) {
  return <input className={cn(FIELD, className)} {...props} />;
}

/** The browser's own select: right on a phone and with a screen reader, at no weight. */
export function Select({ className, ...props }: ComponentProps<"select">) {
  return <select className={cn(FIELD, "pr-1.5", className)} {...props} />;
}

export function Textarea({ className, ...props }: ComponentProps<"textarea">) {
  return <textarea className={cn(FIELD, "py-1.5", className)} {...props} />;
}
