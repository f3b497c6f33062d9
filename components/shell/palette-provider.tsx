"use client";

import dynamic from "next/dynamic";
import { createContext, type ReactNode, useCallback, useContext, useEffect, useState } from "react";

const Palette = dynamic(() => import("./palette").then((module) => module.Palette), { ssr: false });

const OpenPalette = createContext<() => void>(() => {});

/** Opens the command palette. */
export const usePalette = () => useContext(OpenPalette);

/** Opens the palette on "/" (outside a field) and Cmd-K or Ctrl-K; loads it when first wanted. */
export function PaletteProvider({ children }: { children: ReactNode }) {
  const [open, setOpen] = useState(false);
  const [wanted, setWanted] = useState(false);
  const show = useCallback(() => {
    setWanted(true);
    setOpen(true);
  }, []);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const commandK = event.key === "k" && (event.metaKey || event.ctrlKey);
      const slash =
        event.key === "/" && !event.metaKey && !event.ctrlKey && !event.altKey && !isTyping(event);
      if (!commandK && !slash) return;
      event.preventDefault();
      show();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [show]);

  return (
    <OpenPalette value={show}>
      {children}
      {wanted ? <Palette open={open} onOpenChange={setOpen} /> : null}
    </OpenPalette>
  );
}

function isTyping({ target }: KeyboardEvent): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName))
  );
}
