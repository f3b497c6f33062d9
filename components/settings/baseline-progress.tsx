import { LoaderCircle } from "lucide-react";
import { Button } from "@/components/ui/button";
import { formatShare } from "@/lib/charts/format";

/** `sent` is the share of the file that has gone out; null or 1 = the server is at work. */
export function BaselineProgress({
  what,
  sent,
  onCancel,
}: {
  what: string;
  sent: number | null;
  onCancel: () => void;
}) {
  const uploading = sent !== null && sent < 1;
  return (
    <div className="flex flex-col gap-2 py-2">
      <p role="status" className="flex items-center gap-2">
        <LoaderCircle aria-hidden="true" className="size-4 animate-spin text-mute" />
        {uploading ? `Sending ${what}` : `Reading and binning ${what}`}
        {uploading ? <span className="text-mute">{formatShare(sent)}</span> : null}
      </p>
      {uploading ? (
        <progress
          aria-label={`Sending ${what}`}
          value={sent}
          max={1}
          className="h-1.5 w-full max-w-md accent-accent"
        />
      ) : null}
      <Button className="w-fit" onClick={onCancel}>
        Cancel
      </Button>
    </div>
  );
}
