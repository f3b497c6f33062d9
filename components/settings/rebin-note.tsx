import { TriangleAlert } from "lucide-react";

/** Said before a baseline is replaced. */
export function RebinNote() {
  return (
    <p className="flex gap-2 rounded-md bg-warn-soft px-3 py-2 text-soft text-xs">
      <TriangleAlert aria-hidden="true" className="mt-0.5 size-3.5 shrink-0 text-warn" />
      <span>
        A new baseline brings new bins: everything logged so far is counted again from its raw rows, in the
        background, and the drift reports then speak of the new baseline only. Labels and metrics of the
        logged predictions stay as they are.
      </span>
    </p>
  );
}
