import { cn } from "./cn";
import { CopyButton } from "./copy-button";

/** Code to take away: scrolls inside itself, copies whole. */
export function CodeBlock({
  code,
  label,
  className,
  wrap = false,
}: {
  code: string;
  /** What it is, e.g. "curl" or "Python": shown above, and read to a screen reader. */
  label: string;
  className?: string;
  wrap?: boolean;
}) {
  return (
    <figure className={cn("min-w-0 overflow-hidden rounded-md border border-line bg-side", className)}>
      <figcaption className="flex items-center justify-between border-line border-b py-1 pr-1 pl-2.5 text-mute text-xs">
        {label}
        <CopyButton text={code} tone="ghost" size="sm" />
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <pre tabIndex={0} className="overflow-x-auto px-2.5 py-2 font-mono text-xs leading-relaxed">
        <code className={wrap ? "whitespace-pre-wrap break-all" : undefined}>{code}</code>
      </pre>
    </figure>
  );
}
