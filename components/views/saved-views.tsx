"use client";

import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useState } from "react";
import { Control } from "@/components/report/control";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { viewsQuery } from "@/lib/views/query";
import type { ViewPage } from "@/lib/views/schema";

const ViewMenu = dynamic(() => import("./view-menu").then((module) => module.ViewMenu), { ssr: false });

export type SavedViewsProps = {
  experiment: string;
  page: ViewPage;
  /** What the address says now after its "?", without the name of a view. */
  query: string;
  /** The id of the view that was opened; null where none was. */
  saved: string | null;
  /** Follows the address as it says which view this is. */
  onSaved: (view: string | null) => void;
  hrefOf: (query: string, view: string | null) => string;
};

/** The views of this page that somebody has named; and a name for what is on screen now. */
export function SavedViews(props: SavedViewsProps) {
  const { data } = useQuery(viewsQuery(props.experiment));
  const [open, setOpen] = useState(false);
  const views = data?.views.filter((view) => view.page === props.page) ?? [];
  const current = views.find((view) => view.view_id === props.saved);
  const changed = current !== undefined && current.query !== props.query;
  return (
    <Popover open={open} onOpenChange={setOpen}>
      <PopoverTrigger asChild>
        <Control
          name="view"
          value={current ? `${current.name}${changed ? ", changed" : ""}` : `${views.length} saved`}
        />
      </PopoverTrigger>
      <PopoverContent align="end" aria-label="Saved views" className="w-84 max-w-[calc(100vw-2rem)]">
        <ViewMenu
          {...props}
          views={views}
          current={current ?? null}
          changed={changed}
          onOpened={() => setOpen(false)}
        />
      </PopoverContent>
    </Popover>
  );
}
