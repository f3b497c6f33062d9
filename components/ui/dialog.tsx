"use client";

import { X } from "lucide-react";
import { Dialog as Primitive } from "radix-ui";
import type { ReactNode } from "react";
import { Button } from "./button";
import { cn } from "./cn";

export const Dialog = Primitive.Root;
export const DialogTrigger = Primitive.Trigger;
export const DialogClose = Primitive.Close;

export function DialogContent({
  title,
  description,
  children,
  className,
  onInteractOutside,
}: {
  title: string;
  description?: ReactNode;
  children: ReactNode;
  className?: string;
  onInteractOutside?: (event: Event) => void;
}) {
  return (
    <Primitive.Portal>
      <Primitive.Overlay className="fixed inset-0 z-40 bg-[rgb(10_14_20/45%)]" />
      <Primitive.Content
        onInteractOutside={onInteractOutside}
        className={cn(
          "fixed top-[12vh] left-1/2 z-50 flex max-h-[80vh] w-[min(34rem,calc(100vw-1.5rem))] -translate-x-1/2 flex-col gap-3 overflow-y-auto rounded-lg border border-line bg-card p-4 shadow-float focus:outline-none",
          className,
        )}
        {...(description ? {} : { "aria-describedby": undefined })}
      >
        <div className="flex items-start gap-2">
          <Primitive.Title className="font-semibold text-base">{title}</Primitive.Title>
          <Primitive.Close asChild>
            <Button tone="ghost" size="iconSm" aria-label="Close" className="ml-auto">
              <X aria-hidden="true" />
            </Button>
          </Primitive.Close>
        </div>
        {description ? (
          <Primitive.Description asChild>
            <div className="-mt-2 text-mute">{description}</div>
          </Primitive.Description>
        ) : null}
        {children}
      </Primitive.Content>
    </Primitive.Portal>
  );
}
