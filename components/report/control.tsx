"use client";

import { ChevronDown } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";
import { Button } from "@/components/ui/button";

/** A control of the page's one line: what it sets, and what it is set to. */
export function Control({
  name,
  value,
  ...props
}: ComponentProps<typeof Button> & { name: string; value: ReactNode }) {
  return (
    <Button {...props} className="max-w-72">
      <span className="text-mute">{name}</span>
      <span className="truncate">{value}</span>
      <ChevronDown aria-hidden="true" className="text-mute" />
    </Button>
  );
}
