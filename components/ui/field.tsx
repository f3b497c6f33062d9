import { type ReactNode, useId } from "react";
import { cn } from "./cn";

type Wiring = { id: string; "aria-describedby": string | undefined; "aria-invalid": true | undefined };

/** A labelled control with its hint and its error, wired for assistive technology. */
export function Field({
  label,
  hint,
  error,
  className,
  children,
}: {
  label: ReactNode;
  hint?: ReactNode;
  error?: ReactNode;
  className?: string;
  children: (wiring: Wiring) => ReactNode;
}) {
  const id = useId();
  const describes = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  return (
    <div className={cn("flex flex-col gap-1", className)}>
      <label htmlFor={id} className="font-medium text-xs">
        {label}
      </label>
      {children({
        id,
        "aria-describedby": describes || undefined,
        "aria-invalid": error ? true : undefined,
      })}
      {hint ? (
        <p id={`${id}-hint`} className="text-mute text-xs">
          {hint}
        </p>
      ) : null}
      {error ? (
        <p id={`${id}-error`} className="text-high text-xs">
          {error}
        </p>
      ) : null}
    </div>
  );
}
