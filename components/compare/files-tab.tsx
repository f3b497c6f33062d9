"use client";

import { useQueries } from "@tanstack/react-query";
import { useState } from "react";
import { FilePreview } from "@/components/run/file-preview";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { cn } from "@/components/ui/cn";
import { plural } from "@/lib/charts/format";
import type { ComparedRun } from "@/lib/experiments/compared";
import { runFilesQuery } from "@/lib/run-files/query";
import type { ChangeCompare, CompareView } from "./view";

/** More files beside each other are too narrow to read. */
const MOST_SHOWN = 6;
/** Each run's files are listed by a request of its own. */
const MOST_LISTED = 50;

/** One file of each run, side by side. */
export function FilesTab({
  runs: all,
  view,
  onChange,
}: {
  runs: readonly ComparedRun[];
  view: CompareView;
  onChange: ChangeCompare;
}) {
  const runs = all.slice(0, MOST_LISTED);
  const [folder, setFolder] = useState(view.file?.includes("/") ? view.file.replace(/\/[^/]*$/, "") : "");
  const listed = useQueries({ queries: runs.map(({ run_id }) => runFilesQuery(run_id, folder)) });
  const entries = new Map<string, { name: string; folder: boolean; runs: number }>();
  for (const { data } of listed) {
    for (const { path, name, folder: isFolder } of data?.files ?? []) {
      entries.set(path, { name, folder: isFolder, runs: (entries.get(path)?.runs ?? 0) + 1 });
    }
  }
  const having = runs.filter((_, place) => listed[place]?.data?.files.some(({ path }) => path === view.file));
  const lacking = runs.length - having.length;
  const loading = listed.some(({ isPending }) => isPending);
  return (
    <>
      <div className="mb-3 flex flex-wrap items-center gap-2">
        {folder ? (
          <Button
            size="sm"
            onClick={() => setFolder(folder.includes("/") ? folder.replace(/\/[^/]*$/, "") : "")}
          >
            up from {folder}/
          </Button>
        ) : null}
        {[...entries]
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([path, { name, folder: isFolder, runs: count }]) => (
            <Button
              key={path}
              size="sm"
              aria-pressed={isFolder ? undefined : view.file === path}
              className="aria-pressed:bg-selected"
              onClick={() => (isFolder ? setFolder(path) : onChange({ file: path }))}
            >
              {name}
              {isFolder ? "/" : ""}
              <span className="text-mute">{count}</span>
            </Button>
          ))}
        {all.length > runs.length ? (
          <span className="text-mute text-xs">
            files of the first {runs.length} of {all.length} runs
          </span>
        ) : null}
        {entries.size === 0 && !loading ? <span className="text-mute">These runs keep no files.</span> : null}
      </div>
      {view.file && having.length > MOST_SHOWN ? (
        <p className="mb-2 text-mute text-xs">
          The first {MOST_SHOWN} of {having.length} runs that have it.
        </p>
      ) : null}
      {view.file && having.length > 0 && lacking > 0 && !loading ? (
        <p className="mb-2 text-mute text-xs">{plural(lacking, "other run")} without it.</p>
      ) : null}
      <div
        className={cn(
          "grid items-start gap-3 md:grid-cols-2",
          having.length === 4 ? "xl:grid-cols-4" : "xl:grid-cols-3",
        )}
      >
        {view.file
          ? having
              .slice(0, MOST_SHOWN)
              .map((run) => (
                <FilePreview
                  key={`${run.run_id} ${view.file}`}
                  run={run.run_id}
                  path={view.file!}
                  title={run.run_name}
                />
              ))
          : null}
        {view.file && having.length === 0 && !loading ? (
          <Card>
            <p className="text-mute">None of these runs has {view.file}.</p>
          </Card>
        ) : null}
      </div>
    </>
  );
}
