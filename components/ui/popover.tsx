"use client";

import { Slot } from "radix-ui";
import {
  type ComponentProps,
  createContext,
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
  useContext,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { createPortal } from "react-dom";
import { cn } from "./cn";
import { placePopover } from "./place-popover";

type State = {
  id: string;
  open: boolean;
  setOpen: (open: boolean) => void;
  trigger: RefObject<HTMLButtonElement | null>;
};

const PopoverState = createContext<State | null>(null);

function usePopover(): State {
  const state = useContext(PopoverState);
  if (!state) throw new Error("a part of a popover stands outside of a Popover");
  return state;
}

/**
 * A box that a button opens beside itself. Ours rather than radix-ui's, whose positioning alone weighs a tenth of
 * what a page may weigh.
 */
export function Popover({
  open,
  onOpenChange,
  children,
}: {
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  children: ReactNode;
}) {
  const [inner, setInner] = useState(false);
  const trigger = useRef<HTMLButtonElement>(null);
  const setOpen = (next: boolean) => {
    setInner(next);
    onOpenChange?.(next);
  };
  return (
    <PopoverState value={{ id: useId(), open: open ?? inner, setOpen, trigger }}>{children}</PopoverState>
  );
}

export function PopoverTrigger({ asChild, ...props }: ComponentProps<"button"> & { asChild?: boolean }) {
  const { id, open, setOpen, trigger } = usePopover();
  const Element = asChild ? Slot.Root : "button";
  return (
    <Element
      {...(asChild ? {} : { type: "button" as const })}
      {...props}
      ref={trigger}
      aria-haspopup="dialog"
      aria-expanded={open}
      aria-controls={open ? id : undefined}
      onClick={() => setOpen(!open)}
    />
  );
}

type ContentProps = ComponentProps<"div"> & { align?: "start" | "center" | "end" };

/** Give it an aria-label: it is a dialog. */
export function PopoverContent(props: ContentProps) {
  const { open } = usePopover();
  return open ? createPortal(<OpenContent {...props} />, document.body) : null;
}

const TABBABLE =
  'a[href], button:not([disabled]), input:not([disabled]), select:not([disabled]), textarea:not([disabled]), summary, [tabindex="0"]';

function OpenContent({ align = "center", className, children, ...props }: ContentProps) {
  const { id, setOpen, trigger } = usePopover();
  const box = useRef<HTMLDivElement>(null);
  const close = useRef(() => {});
  close.current = () => setOpen(false);

  useLayoutEffect(() => {
    const place = () => {
      if (!box.current || !trigger.current) return;
      const { style, offsetWidth, scrollHeight } = box.current;
      const { left, top, maxHeight } = placePopover({
        anchor: trigger.current.getBoundingClientRect(),
        content: { width: offsetWidth, height: scrollHeight + 2 },
        viewport: { width: document.documentElement.clientWidth, height: window.innerHeight },
        align,
      });
      style.left = `${left}px`;
      style.top = `${top}px`;
      style.maxHeight = `${maxHeight}px`;
    };
    place();
    const sizes = new ResizeObserver(place);
    if (box.current) for (const child of box.current.children) sizes.observe(child);
    window.addEventListener("resize", place);
    window.addEventListener("scroll", place, true);
    return () => {
      sizes.disconnect();
      window.removeEventListener("resize", place);
      window.removeEventListener("scroll", place, true);
    };
  }, [align, trigger]);

  useEffect(() => {
    const opener = trigger.current;
    const first = box.current?.querySelector<HTMLElement>(TABBABLE) ?? box.current;
    first?.focus({ preventScroll: true });
    const onOutside = ({ target }: Event) => {
      const inside = target instanceof Node && (box.current?.contains(target) || opener?.contains(target));
      if (!inside) close.current();
    };
    document.addEventListener("pointerdown", onOutside);
    document.addEventListener("focusin", onOutside);
    return () => {
      document.removeEventListener("pointerdown", onOutside);
      document.removeEventListener("focusin", onOutside);
      // Focus that was inside is lost with the box; focus that went elsewhere stays there.
      if (document.activeElement === document.body || !document.activeElement) {
        opener?.focus({ preventScroll: true });
      }
    };
  }, [trigger]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") {
      event.stopPropagation();
      leave(event);
    }
    if (event.key !== "Tab") return;
    const stops = [...(box.current?.querySelectorAll<HTMLElement>(TABBABLE) ?? [])];
    const edge = event.shiftKey ? stops[0] : stops.at(-1);
    // Past either end one is back at the button, as if the box stood there in the page.
    if (!edge || document.activeElement === edge || document.activeElement === box.current) leave(event);
  };

  const leave = (event: KeyboardEvent) => {
    event.preventDefault();
    setOpen(false);
    trigger.current?.focus();
  };

  return (
    <div
      ref={box}
      id={id}
      role="dialog"
      tabIndex={-1}
      onKeyDown={onKeyDown}
      className={cn(
        "fixed z-50 w-72 max-w-[calc(100vw-1rem)] overflow-y-auto rounded-md border border-line bg-card p-3 text-sm shadow-float focus:outline-none",
        className,
      )}
      {...props}
    >
      {children}
    </div>
  );
}
