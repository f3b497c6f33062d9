"use client";

import { Monitor, Moon, Sun } from "lucide-react";
import { useTheme } from "next-themes";
import { useEffect, useState } from "react";
import { cn } from "@/components/ui/cn";

const THEMES = [
  { value: "light", title: "Light", Icon: Sun },
  { value: "dark", title: "Dark", Icon: Moon },
  { value: "system", title: "As the system", Icon: Monitor },
] as const;

export function ThemeSwitch() {
  const { theme, setTheme } = useTheme();
  // The server does not know the choice: before mounting none is marked.
  const [mounted, setMounted] = useState(false);
  useEffect(() => setMounted(true), []);
  return (
    <fieldset className="flex w-fit gap-px rounded-md border border-line p-px">
      <legend className="sr-only">Colours</legend>
      {THEMES.map(({ value, title, Icon }) => {
        const chosen = mounted && theme === value;
        return (
          <button
            key={value}
            type="button"
            title={title}
            aria-label={title}
            aria-pressed={chosen}
            onClick={() => setTheme(value)}
            className={cn(
              "grid size-7 place-items-center rounded-sm text-mute hover:text-ink",
              chosen && "bg-selected text-ink",
            )}
          >
            <Icon aria-hidden="true" className="size-3.5" />
          </button>
        );
      })}
    </fieldset>
  );
}
