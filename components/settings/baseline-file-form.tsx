import { FileUp } from "lucide-react";
import { useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { ErrorState } from "@/components/ui/error-state";
import { BASELINE_EXTENSIONS, baselineContentType } from "@/lib/baselines/query";
import { formatCompact } from "@/lib/charts/format";
import { RebinNote } from "./rebin-note";

export function BaselineFileForm({
  file,
  onFile,
  failure,
  replaces,
  onSubmit,
}: {
  file: File | null;
  onFile: (file: File | null) => void;
  failure: unknown;
  replaces: boolean;
  onSubmit: (file: File) => void;
}) {
  const id = useId();
  const [over, setOver] = useState(false);
  const unreadable = file !== null && baselineContentType(file.name) === null;

  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (file && !unreadable) onSubmit(file);
      }}
    >
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
          onFile(event.dataTransfer.files[0] ?? null);
        }}
        className={cn(
          "flex cursor-pointer flex-wrap items-center gap-x-3 gap-y-1 rounded-md border border-line-strong border-dashed px-3.5 py-3 focus-within:outline-2 focus-within:outline-accent hover:bg-hover",
          over && "bg-hover",
        )}
      >
        <FileUp aria-hidden="true" className="size-4 text-mute" />
        {file ? (
          <span className="min-w-0 break-all">
            {file.name} <span className="text-mute">({formatCompact(file.size)}B)</span>
          </span>
        ) : (
          <span>
            Choose a <strong className="font-semibold">CSV, NDJSON or Parquet</strong> file, or drop it here
          </span>
        )}
        <input
          id={id}
          type="file"
          accept={BASELINE_EXTENSIONS}
          className="sr-only"
          onChange={(event) => onFile(event.target.files?.[0] ?? null)}
        />
      </label>
      <p className="text-mute text-xs">
        Its columns are the features; columns named <code>prediction</code>, <code>score</code> and{" "}
        <code>label</code>, if there are any, give the baseline of the metrics, and <code>segment.name</code>{" "}
        is a segment key. Training or held-out data serve well.
      </p>
      {unreadable ? (
        <p role="alert" className="text-high">
          {file.name} ends in none of .csv, .ndjson, .jsonl, .parquet: export it as one of these.
        </p>
      ) : null}
      {failure ? <ErrorState what="The baseline was not set" error={failure} /> : null}
      {replaces ? <RebinNote /> : null}
      <Button type="submit" tone="primary" className="w-fit" disabled={!file || unreadable}>
        {replaces ? "Replace the baseline" : "Set the baseline"}
      </Button>
    </form>
  );
}
