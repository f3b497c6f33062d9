import { cva, type VariantProps } from "class-variance-authority";
import { Slot } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "./cn";

export const buttonStyle = cva(
  "inline-flex shrink-0 items-center justify-center gap-1.5 whitespace-nowrap rounded-md border font-normal transition-colors disabled:opacity-55 [&_svg]:size-3.5 [&_svg]:shrink-0",
  {
    variants: {
      tone: {
        default: "border-line bg-card text-ink hover:bg-hover aria-expanded:bg-hover",
        primary: "border-ink bg-ink text-bg hover:opacity-90",
        ghost: "border-transparent bg-transparent text-soft hover:bg-selected hover:text-ink",
        danger: "border-line bg-card text-high hover:border-high hover:bg-high-soft",
        dangerSolid: "border-high bg-high text-bg hover:opacity-90",
      },
      size: {
        md: "min-h-8 px-2.5 py-1 text-sm",
        sm: "min-h-6.5 px-2 py-0.5 text-xs",
        icon: "size-8 p-0",
        iconSm: "size-6.5 p-0",
      },
    },
    defaultVariants: { tone: "default", size: "md" },
  },
);

export type ButtonProps = ComponentProps<"button"> & VariantProps<typeof buttonStyle> & { asChild?: boolean };

export function Button({ className, tone, size, asChild, type, ...props }: ButtonProps) {
  const Element = asChild ? Slot.Root : "button";
  return (
    <Element
      className={cn(buttonStyle({ tone, size }), className)}
      type={asChild ? undefined : (type ?? "button")}
      {...props}
    />
  );
}
