"use client";

import { useQuery } from "@tanstack/react-query";
import { Command } from "cmdk";
import { useRouter } from "next/navigation";
import { VERSION_TABS, versionHref } from "@/lib/models/address";
import { modelsQuery } from "@/lib/models/query";

const PAGES = [
  { href: "/models", title: "Models" },
  { href: "/experiments", title: "Experiments" },
  { href: "/connect", title: "Connect a client" },
  { href: "/api-docs", title: "API reference" },
  { href: "/keys", title: "API keys" },
  { href: "/webhooks", title: "Webhooks" },
  { href: "/audit", title: "Audit log" },
];

/** 1 = shown. Fuzzy matching would show versions that nobody asked for. */
function containsEveryWord(value: string, search: string): number {
  const text = value.toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
    ? 1
    : 0;
}

const ITEM =
  "flex cursor-pointer items-baseline gap-2 rounded-sm px-2 py-1.5 data-[selected=true]:bg-hover [&_small]:text-mute [&_small]:text-xs";

/** Jump to a model, a version, a tab of it, or a page. */
export function Palette({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const router = useRouter();
  const { data } = useQuery(modelsQuery());

  const go = (href: string) => {
    onOpenChange(false);
    router.push(href);
  };

  return (
    <Command.Dialog
      open={open}
      onOpenChange={onOpenChange}
      label="Jump to a model, version or page"
      filter={containsEveryWord}
      overlayClassName="fixed inset-0 z-40 bg-[rgb(10_14_20/45%)]"
      contentClassName="fixed top-[12vh] left-1/2 z-50 w-[min(36rem,calc(100vw-1.5rem))] -translate-x-1/2 overflow-hidden rounded-lg border border-line bg-card shadow-float"
    >
      <Command.Input
        placeholder="Model, version, page"
        className="w-full border-line border-b bg-transparent px-3.5 py-3 text-base outline-none placeholder:text-mute"
      />
      <Command.List className="max-h-[50vh] overflow-y-auto p-1.5 [&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:py-1 [&_[cmdk-group-heading]]:text-2xs [&_[cmdk-group-heading]]:text-mute">
        <Command.Empty className="px-2 py-4 text-mute">Nothing has that name.</Command.Empty>
        <Command.Group heading="Pages">
          {PAGES.map(({ href, title }) => (
            <Command.Item key={href} value={`page ${title}`} onSelect={() => go(href)} className={ITEM}>
              {title}
            </Command.Item>
          ))}
        </Command.Group>
        {data?.models.map(({ model, versions }) => (
          <Command.Group key={model} heading={model}>
            {versions.flatMap(({ version, stage }) =>
              VERSION_TABS.map(({ path, title }) => (
                <Command.Item
                  key={`${version}/${path}`}
                  value={`${model} version ${version} ${stage} ${title}`}
                  onSelect={() => go(versionHref({ model, version }, path))}
                  className={ITEM}
                >
                  {title}
                  <small>
                    {model} / version {version}
                    {stage === "None" ? "" : `, ${stage}`}
                  </small>
                </Command.Item>
              )),
            )}
          </Command.Group>
        ))}
      </Command.List>
    </Command.Dialog>
  );
}
