"use client";

import { useTheme } from "next-themes";
import { type CSSProperties, useEffect } from "react";
import { Toaster as Sonner, toast } from "sonner";
import { connectToaster } from "./announce";

const STYLE = {
  "--normal-bg": "var(--card)",
  "--normal-text": "var(--ink)",
  "--normal-border": "var(--line)",
  "--border-radius": "7px",
  fontFamily: "inherit",
} as CSSProperties;

export function LoadedToaster() {
  const { resolvedTheme } = useTheme();
  useEffect(() => connectToaster(({ kind, text }) => toast[kind](text)), []);
  return (
    <Sonner
      theme={resolvedTheme === "dark" ? "dark" : "light"}
      position="bottom-right"
      closeButton
      style={STYLE}
    />
  );
}
