type Box = { left: number; top: number; right: number; bottom: number };
type Size = { width: number; height: number };

const GAP = 4;
const MARGIN = 8;

/**
 * Where a floating box goes: under its anchor, above it where there is more room and it does not fit below,
 * its start or end aligned, always inside the viewport. Pixels from the viewport's top left corner.
 */
export function placePopover({
  anchor,
  content,
  viewport,
  align,
}: {
  anchor: Box;
  /** As large as it would like to be. */
  content: Size;
  viewport: Size;
  align: "start" | "center" | "end";
}): { left: number; top: number; maxHeight: number } {
  const below = viewport.height - anchor.bottom - GAP - MARGIN;
  const above = anchor.top - GAP - MARGIN;
  const under = content.height <= below || below >= above;
  const maxHeight = Math.max(80, under ? below : above);
  const wanted = {
    start: anchor.left,
    center: (anchor.left + anchor.right - content.width) / 2,
    end: anchor.right - content.width,
  }[align];
  const rightmost = viewport.width - content.width - MARGIN;
  return {
    left: Math.max(MARGIN, Math.min(wanted, rightmost)),
    top: under ? anchor.bottom + GAP : anchor.top - GAP - Math.min(content.height, maxHeight),
    maxHeight,
  };
}
