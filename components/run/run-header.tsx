import Link from "next/link";
import { StageBadge } from "@/components/models/stage-badge";
import { StatusIcon, statusWord } from "@/components/runs/status-icon";
import { Ago } from "@/components/ui/ago";
import { CopyButton } from "@/components/ui/copy-button";
import { Crumbs } from "@/components/ui/crumbs";
import { formatDuration, plural } from "@/lib/charts/format";
import { experimentHref, runHref } from "@/lib/experiments/address";
import type { RunDetail } from "@/lib/experiments/run-schema";
import { versionHref } from "@/lib/models/address";
import type { Stage } from "@/lib/models/schema";

/** What clients write that do not know who logs. */
const NOBODY = "unknown";

/** What the run is called, how it went, where it came from and what was made of it. */
export function RunHeader({ run }: { run: RunDetail }) {
  const { experiment } = run;
  const lasted =
    run.start_time && run.end_time ? Date.parse(run.end_time) - Date.parse(run.start_time) : null;
  return (
    <header className="mb-2">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Crumbs
          above={[
            { href: "/experiments", title: "Experiments" },
            { href: experimentHref(experiment.experiment_id), title: experiment.name },
          ]}
        >
          {run.run_name}
        </Crumbs>
        <CopyButton tone="ghost" size="sm" text={run.run_id}>
          Run id
        </CopyButton>
      </div>
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-mute">
        <span className="flex items-center gap-1.5 text-ink">
          <StatusIcon status={run.status} />
          <span aria-hidden="true">{statusWord(run.status)}</span>
          {run.lifecycle_stage === "deleted" ? ", deleted" : ""}
        </span>
        {run.start_time ? (
          <span>
            started <Ago time={run.start_time} />
          </span>
        ) : null}
        {lasted === null ? null : <span>lasted {formatDuration(lasted)}</span>}
        {run.user_id && run.user_id !== NOBODY ? <span>by {run.user_id}</span> : null}
        {run.parent ? (
          <span>
            child of{" "}
            <Link href={runHref(run.parent.run_id)} className="link">
              {run.parent.run_name}
            </Link>
          </span>
        ) : null}
        {run.children > 0 ? <span>{plural(run.children, "child", "children")}</span> : null}
        {run.versions.map(({ model, version, stage }) => (
          <span key={`${model}/${version}`} className="flex items-center gap-1.5">
            made{" "}
            <Link href={versionHref({ model, version })} className="link">
              {model} version {version}
            </Link>
            <StageBadge stage={stage as Stage} />
          </span>
        ))}
      </p>
    </header>
  );
}
