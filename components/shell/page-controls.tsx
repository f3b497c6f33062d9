"use client";

import { createContext, type ReactNode, useContext, useState } from "react";
import { createPortal } from "react-dom";

const Slot = createContext<{ slot: HTMLElement | null; setSlot: (slot: HTMLElement | null) => void }>({
  slot: null,
  setSlot: () => {},
});

/** Wraps a layout that holds a PageControlsSlot and the pages that fill it. */
export function PageControlsProvider({ children }: { children: ReactNode }) {
  const [slot, setSlot] = useState<HTMLElement | null>(null);
  return <Slot value={{ slot, setSlot }}>{children}</Slot>;
}

/** Where the layout keeps a page's controls: at the right of the breadcrumb, on every page the same. */
export function PageControlsSlot() {
  const { setSlot } = useContext(Slot);
  return (
    <div
      ref={setSlot}
      className="flex flex-wrap items-center gap-2 empty:hidden max-sm:contents max-sm:[&>button]:min-h-7 max-sm:[&>button]:px-2 max-sm:[&>button]:text-xs"
    />
  );
}

/** Put around a page's controls (against, window, segment): they appear in the layout's slot. */
export function PageControls({ children }: { children: ReactNode }) {
  const { slot } = useContext(Slot);
  return slot ? createPortal(children, slot) : null;
}
