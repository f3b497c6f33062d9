"use client";

import { Check, Copy } from "lucide-react";
import { type ReactNode, useEffect, useState } from "react";
import { announce } from "./announce";
import { Button, type ButtonProps } from "./button";
import { copyText } from "./copy-text";

/** Copies a text, or what a function gives at the moment of the click, and says so. */
export function CopyButton({
  text,
  children = "Copy",
  icon = <Copy aria-hidden="true" />,
  ...props
}: Omit<ButtonProps, "onClick" | "asChild"> & { text: string | (() => string); icon?: ReactNode }) {
  const [copied, setCopied] = useState(false);

  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [copied]);

  const copy = async () => {
    const done = await copyText(typeof text === "function" ? text() : text);
    if (done) setCopied(true);
    else announce("error", "The browser refused to copy. Select the text and copy it by hand.");
  };

  return (
    <Button onClick={copy} {...props}>
      {copied ? <Check aria-hidden="true" /> : icon}
      <span aria-live="polite">{copied ? "Copied" : children}</span>
    </Button>
  );
}
