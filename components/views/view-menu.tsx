"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Pencil, Star, Trash2 } from "lucide-react";
import Link from "next/link";
import { type ReactNode, useState } from "react";
import { announce } from "@/components/ui/announce";
import { Button } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";
import { Input } from "@/components/ui/input";
import { actorWords } from "@/lib/registry/change-words";
import { removeView, saveNewView, saveViewChange, viewsQuery } from "@/lib/views/query";
import type { SavedView, ViewChange } from "@/lib/views/schema";
import type { SavedViewsProps } from "./saved-views";

/** Open, name, rename, replace, delete; and which view the page opens with. */
export function ViewMenu({
  experiment,
  page,
  query,
  views,
  current,
  changed,
  onSaved,
  onOpened,
  hrefOf,
}: SavedViewsProps & {
  views: readonly SavedView[];
  current: SavedView | null;
  changed: boolean;
  /** Follows the choice of a view, which is on screen then. */
  onOpened: () => void;
}) {
  const client = useQueryClient();
  const [renamed, setRenamed] = useState<string | null>(null);
  const renew = () => client.invalidateQueries({ queryKey: viewsQuery(experiment).queryKey });
  const write = useMutation({
    mutationFn: async (work: () => Promise<string>) => announce("success", await work()),
    onSettled: renew,
  });
  const change = (view: SavedView, to: ViewChange, words: string) =>
    write.mutate(async () => {
      await saveViewChange(experiment, view.view_id, to);
      return words;
    });
  const create = (name: string) =>
    write.mutate(async () => {
      const view = await saveNewView(experiment, { page, name, query });
      // The list knows it before the address names it.
      await renew();
      onSaved(view.view_id);
      return `The view “${name}” is saved.`;
    });
  const remove = (view: SavedView) =>
    write.mutate(async () => {
      await removeView(experiment, view.view_id);
      if (current?.view_id === view.view_id) onSaved(null);
      return `The view “${view.name}” is deleted.`;
    });
  return (
    <div className="flex flex-col gap-3">
      {write.error ? <ErrorState what="Nothing was saved" error={write.error} /> : null}
      {views.length === 0 ? (
        <p className="text-mute text-xs">
          No view is saved yet. A saved view keeps what the address says (filter, order, columns, charts)
          under a name that everybody sees.
        </p>
      ) : (
        <ul className="flex max-h-80 flex-col overflow-y-auto">
          {page === "runs" ? (
            <li className="flex min-h-8 items-center border-line-soft border-b">
              <Link href={hrefOf("", "none")} onClick={onOpened} className="hover:underline">
                All runs
              </Link>
            </li>
          ) : null}
          {views.map((view) => (
            <li key={view.view_id} className="border-line-soft border-b py-1 last:border-0">
              {renamed === view.view_id ? (
                <NameForm
                  label={`New name of ${view.name}`}
                  first={view.name}
                  action="Rename"
                  busy={write.isPending}
                  onName={(name) => {
                    change(view, { name }, `The view is called “${name}” now.`);
                    setRenamed(null);
                  }}
                />
              ) : (
                <div className="flex items-center gap-1">
                  <Link
                    href={hrefOf(view.query, view.view_id)}
                    onClick={onOpened}
                    aria-current={current?.view_id === view.view_id ? "true" : undefined}
                    className="min-w-0 flex-1 break-words hover:underline aria-[current]:font-semibold"
                  >
                    {view.name}
                    <span className="block font-normal text-mute text-xs">
                      by {actorWords(view.created_by)}
                      {view.is_default ? ", opens first" : ""}
                    </span>
                  </Link>
                  {page === "runs" ? (
                    <Tool
                      label={view.is_default ? `Open ${view.name} first no more` : `Open ${view.name} first`}
                      disabled={write.isPending}
                      onClick={() =>
                        change(
                          view,
                          { is_default: !view.is_default },
                          view.is_default
                            ? "The table opens as it is without a view."
                            : `The table opens with “${view.name}”.`,
                        )
                      }
                    >
                      <Star aria-hidden="true" className={view.is_default ? "fill-current" : undefined} />
                    </Tool>
                  ) : null}
                  <Tool label={`Rename ${view.name}`} onClick={() => setRenamed(view.view_id)}>
                    <Pencil aria-hidden="true" />
                  </Tool>
                  <Tool label={`Delete ${view.name}`} disabled={write.isPending} onClick={() => remove(view)}>
                    <Trash2 aria-hidden="true" />
                  </Tool>
                </div>
              )}
            </li>
          ))}
        </ul>
      )}
      {current && changed ? (
        <Button
          size="sm"
          className="w-fit max-w-full"
          disabled={write.isPending}
          onClick={() => change(current, { query }, `“${current.name}” is what you see now.`)}
        >
          <span className="truncate">Save the changes to {current.name}</span>
        </Button>
      ) : null}
      <NameForm
        label="Name of a new view"
        placeholder="Save what you see as …"
        action="Save"
        busy={write.isPending}
        onName={create}
      />
    </div>
  );
}

function Tool({
  label,
  disabled = false,
  onClick,
  children,
}: {
  label: string;
  disabled?: boolean;
  onClick: () => void;
  children: ReactNode;
}) {
  return (
    <Button tone="ghost" size="sm" aria-label={label} title={label} disabled={disabled} onClick={onClick}>
      {children}
    </Button>
  );
}

function NameForm({
  label,
  first = "",
  placeholder,
  action,
  busy,
  onName,
}: {
  label: string;
  first?: string;
  placeholder?: string;
  action: string;
  busy: boolean;
  onName: (name: string) => void;
}) {
  const [name, setName] = useState(first);
  return (
    <form
      className="flex gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() === "") return;
        onName(name.trim());
        setName("");
      }}
    >
      <Input
        aria-label={label}
        placeholder={placeholder}
        maxLength={120}
        value={name}
        onChange={(event) => setName(event.target.value)}
        className="min-w-0 flex-1"
      />
      <Button type="submit" disabled={busy || name.trim() === ""}>
        {action}
      </Button>
    </form>
  );
}
