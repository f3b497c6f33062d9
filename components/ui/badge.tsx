import { cva, type VariantProps } from "class-variance-authority";
import type { ComponentProps } from "react";
import { cn } from "./cn";

const style = cva(
  "inline-flex items-center gap-1 whitespace-nowrap rounded-full px-2 py-px font-normal text-2xs",
  {
    variants: {
      tone: {
        quiet: "bg-quiet-soft text-quiet",
        good: "bg-good-soft text-good",
        accent: "bg-accent-soft text-accent",
        medium: "bg-medium-soft text-medium",
        high: "bg-high-soft text-high",
        outline: "border border-line text-mute",
      },
    },
    defaultVariants: { tone: "quiet" },
  },
);

export type BadgeTone = NonNullable<VariantProps<typeof style>["tone"]>;

/** A word with a tint behind it; the word carries the meaning, the tint only repeats it. */
export function Badge({ className, tone, ...props }: ComponentProps<"span"> & { tone?: BadgeTone }) {
  return <span className={cn(style({ tone }), className)} {...props} />;
}
