"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import type { Figures } from "./figures-dialog";

// A dialog that most readers never open is not worth its weight on every page.
const FiguresDialog = dynamic(() => import("./figures-dialog"), { ssr: false });

/** The table behind a chart, made and loaded when it is asked for. */
export function FiguresButton({ figures, children }: { figures: () => Figures; children: string }) {
  const [shown, setShown] = useState<Figures | null>(null);
  return (
    <>
      <button
        type="button"
        aria-haspopup="dialog"
        onClick={() => setShown(figures())}
        className="text-2xs text-accent hover:underline"
      >
        {children}
      </button>
      {shown ? <FiguresDialog {...shown} onClose={() => setShown(null)} /> : null}
    </>
  );
}
