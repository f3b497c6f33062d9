import Link from "next/link";
import type { VersionRecord } from "@/lib/registry/wire";

/** The run that made a version, or why there is none to open. */
export function SourceRunLink({
  record: { run, source },
}: {
  record: Pick<VersionRecord, "run" | "source">;
}) {
  if (!run) {
    return (
      <span className="text-mute">
        {source === "" ? "none: logged predictions made it" : <span className="break-all">{source}</span>}
      </span>
    );
  }
  if (run.name === null) {
    return (
      <>
        <span className="break-all">{run.run_id}</span>
        <span className="block text-mute text-xs">not a run of this server</span>
      </>
    );
  }
  return (
    <>
      <Link href={`/runs/${encodeURIComponent(run.run_id)}`} prefetch={false} className="link break-words">
        {run.name}
      </Link>
      <span className="block text-mute text-xs">{run.status?.toLowerCase()}</span>
    </>
  );
}
