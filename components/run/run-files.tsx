"use client";

import { useQuery } from "@tanstack/react-query";
import { ChevronDown, ChevronRight, File, Folder } from "lucide-react";
import { useState } from "react";
import { Card } from "@/components/ui/card";
import { cn } from "@/components/ui/cn";
import { CodeBlock } from "@/components/ui/code-block";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Skeleton } from "@/components/ui/skeleton";
import { runFilesQuery } from "@/lib/run-files/query";
import type { RunFile } from "@/lib/run-files/schema";
import { FilePreview, formatBytes } from "./file-preview";

/** The files of a run as a tree, and the one that is open beside it. */
export function RunFiles({
  run,
  file,
  onOpen,
}: {
  run: string;
  file: string | null;
  onOpen: (path: string) => void;
}) {
  const { data, error, refetch } = useQuery(runFilesQuery(run, ""));
  if (!data) {
    if (error) return <ErrorState what="The artifacts could not be listed" error={error} onRetry={refetch} />;
    return <Skeleton className="h-40 w-full" />;
  }
  if (data.elsewhere) {
    return <EmptyState title={`The artifacts of this run lie at ${data.elsewhere}, not on this server.`} />;
  }
  if (data.files.length === 0) {
    return (
      <EmptyState title="This run keeps no files.">
        <CodeBlock label="Python" code={'mlflow.log_artifact("report.csv")'} />
      </EmptyState>
    );
  }
  return (
    <div className="grid items-start gap-3 lg:grid-cols-[18rem_minmax(0,1fr)]">
      <Card>
        <nav aria-label="Artifacts">
          <Entries run={run} files={data.files} open={file} onOpen={onOpen} />
        </nav>
      </Card>
      {file === null ? (
        <p className="py-3 text-mute">Choose a file to look into it.</p>
      ) : (
        <FilePreview key={file} run={run} path={file} />
      )}
    </div>
  );
}

function Entries({
  run,
  files,
  open,
  onOpen,
}: {
  run: string;
  files: readonly RunFile[];
  open: string | null;
  onOpen: (path: string) => void;
}) {
  return (
    <ul>
      {files.map((file) =>
        file.folder ? (
          <SubFolder key={file.path} run={run} folder={file} open={open} onOpen={onOpen} />
        ) : (
          <li key={file.path}>
            <button
              type="button"
              aria-current={open === file.path ? "true" : undefined}
              onClick={() => onOpen(file.path)}
              className={cn(
                "flex w-full items-center gap-1.5 rounded-sm px-1 py-0.5 text-left hover:bg-hover",
                open === file.path && "bg-selected",
              )}
            >
              <File aria-hidden="true" className="size-3.5 shrink-0 text-mute" />
              <span className="min-w-0 break-all">{file.name}</span>
              <span className="ml-auto shrink-0 pl-2 text-mute text-xs">{formatBytes(file.bytes)}</span>
            </button>
          </li>
        ),
      )}
    </ul>
  );
}

function SubFolder({
  run,
  folder,
  open,
  onOpen,
}: {
  run: string;
  folder: RunFile;
  open: string | null;
  onOpen: (path: string) => void;
}) {
  // A link to a file opens the way to it.
  const [unfolded, setUnfolded] = useState(open?.startsWith(`${folder.path}/`) ?? false);
  const { data } = useQuery({ ...runFilesQuery(run, folder.path), enabled: unfolded });
  const Fold = unfolded ? ChevronDown : ChevronRight;
  return (
    <li>
      <button
        type="button"
        aria-expanded={unfolded}
        onClick={() => setUnfolded(!unfolded)}
        className="flex w-full items-center gap-1.5 rounded-sm px-1 py-0.5 text-left hover:bg-hover"
      >
        <Fold aria-hidden="true" className="size-3.5 shrink-0 text-mute" />
        <Folder aria-hidden="true" className="size-3.5 shrink-0 text-mute" />
        <span className="min-w-0 break-all">{folder.name}</span>
      </button>
      {unfolded && data ? (
        <div className="pl-4">
          <Entries run={run} files={data.files} open={open} onOpen={onOpen} />
        </div>
      ) : null}
    </li>
  );
}
