import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from "react";
import { type BrushMode, brushModeAt, dragBrush, moveBrush, resizeBrush } from "@/lib/charts/brush";
import { bucketAt, positionOf, type Span, type TimeAxis } from "@/lib/charts/time-axis";

const GRIP_PX = 6;
/** A held arrow key asks for a report once it rests, not for each step. */
const REST_MS = 300;

/** The window as it is being dragged or moved by keys; tells `onSelect` once the hand rests. */
export function useBrush(args: {
  axis: TimeAxis;
  width: number;
  selection: Span | null;
  onSelect: (span: Span) => void;
}) {
  const { axis, width, selection, onSelect } = args;
  const [draft, setDraft] = useState<Span | null>(null);
  const [mode, setMode] = useState<BrushMode>("draw");
  const drag = useRef<{ mode: BrushMode; start: number; origin: Span } | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const from = selection?.from;
  const to = selection?.to;

  // biome-ignore lint/correctness/useExhaustiveDependencies: a window that arrives from the URL ends the draft
  useEffect(() => setDraft(null), [from, to]);
  useEffect(() => () => clearTimeout(timer.current), []);

  const shown = draft ?? selection;
  const xOf = (event: PointerEvent) => event.clientX - event.currentTarget.getBoundingClientRect().left;
  const modeAt = (x: number): BrushMode =>
    shown
      ? brushModeAt({
          x,
          from: positionOf(axis, shown.from, width),
          to: positionOf(axis, shown.to, width),
          gripPx: GRIP_PX,
        })
      : "draw";

  const commit = (span: Span) => {
    setDraft(span);
    if (span.from === from && span.to === to) setDraft(null);
    else onSelect(span);
  };

  const handlers = {
    onPointerDown(event: PointerEvent<HTMLElement>) {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      const x = xOf(event);
      const start = bucketAt(axis, x, width);
      const origin = shown ?? { from: axis.from, to: axis.from + axis.stepMs };
      drag.current = { mode: modeAt(x), start, origin };
    },
    onPointerMove(event: PointerEvent<HTMLElement>) {
      const x = xOf(event);
      if (!drag.current) return setMode(modeAt(x));
      setDraft(dragBrush({ axis, ...drag.current, now: bucketAt(axis, x, width) }));
    },
    onPointerUp(event: PointerEvent<HTMLElement>) {
      if (!drag.current) return;
      const now = bucketAt(axis, xOf(event), width);
      // A click inside the window, without a drag, picks the bucket under it.
      const picks = drag.current.mode === "move" && now === drag.current.start;
      const span = dragBrush({ axis, ...drag.current, now, ...(picks ? { mode: "draw" as const } : {}) });
      drag.current = null;
      commit(span);
    },
    onPointerCancel() {
      drag.current = null;
      setDraft(null);
    },
    onKeyDown(event: KeyboardEvent) {
      if (event.key === "Escape") return setDraft(null);
      const by = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageUp: 7, PageDown: -7 }[
        event.key
      ];
      const far = event.key === "Home" ? -axis.count : event.key === "End" ? axis.count : undefined;
      const steps = by ?? far;
      if (steps === undefined || !shown) return;
      event.preventDefault();
      const span = event.shiftKey ? resizeBrush(axis, shown, steps) : moveBrush(axis, shown, steps);
      setDraft(span);
      clearTimeout(timer.current);
      timer.current = setTimeout(() => commit(span), REST_MS);
    },
  };

  return { shown, mode, dragging: drag.current !== null, handlers };
}
