import { FileUp } from "lucide-react";
import { type ReactNode, useId, useState } from "react";
import { cn } from "@/components/ui/cn";
import type { GivenFile } from "@/lib/evaluate/worker-calls";

/** A place to drop files, or a folder, or to choose them. */
export function FileDrop({
  children,
  accept,
  multiple = false,
  onFiles,
}: {
  children: ReactNode;
  accept?: string;
  multiple?: boolean;
  onFiles: (files: GivenFile[]) => void;
}) {
  const id = useId();
  const [over, setOver] = useState(false);
  return (
    <label
      htmlFor={id}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        void dropped(event.dataTransfer).then(onFiles);
      }}
      className={cn(
        "flex cursor-pointer items-center gap-x-3 rounded-md border border-line-strong border-dashed px-3.5 py-3 focus-within:outline-2 focus-within:outline-accent hover:bg-hover",
        over && "bg-hover",
      )}
    >
      <FileUp aria-hidden="true" className="size-4 shrink-0 text-mute" />
      <span className="min-w-0">{children}</span>
      <input
        id={id}
        type="file"
        accept={accept}
        multiple={multiple}
        className="sr-only"
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])].map((file) => ({ path: file.name, file })));
          // The same file, corrected, may be chosen again.
          event.target.value = "";
        }}
      />
    </label>
  );
}

/** More files than a model has are not read out of a folder that was dropped by mistake. */
const MOST_FILES = 2_000;

async function dropped({ items, files }: DataTransfer): Promise<GivenFile[]> {
  const entries = [...items].flatMap((item) => item.webkitGetAsEntry() ?? []);
  if (entries.length === 0) return [...files].map((file) => ({ path: file.name, file }));
  const found: GivenFile[] = [];
  for (const entry of entries) await gather(entry, found);
  return found;
}

async function gather(entry: FileSystemEntry, found: GivenFile[]): Promise<void> {
  if (found.length >= MOST_FILES) return;
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) =>
      (entry as FileSystemFileEntry).file(resolve, reject),
    );
    found.push({ path: entry.fullPath.replace(/^\//, ""), file });
    return;
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  for (;;) {
    const batch = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (batch.length === 0) return;
    for (const each of batch) await gather(each, found);
  }
}
