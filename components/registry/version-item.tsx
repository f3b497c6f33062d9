import Link from "next/link";
import type { ReactNode } from "react";
import { DriftCell, MetricCell } from "@/components/models/cells";
import { StageBadge } from "@/components/models/stage-badge";
import { ForRole } from "@/components/people/for-role";
import { Ago } from "@/components/ui/ago";
import { Badge } from "@/components/ui/badge";
import { buttonStyle } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { plural } from "@/lib/charts/format";
import { versionHref } from "@/lib/models/address";
import type { VersionSummary } from "@/lib/models/schema";
import { actorWords } from "@/lib/registry/change-words";
import type { VersionRecord } from "@/lib/registry/wire";
import { ChangeDialog } from "./change-dialog";
import { SourceRunLink } from "./source-run-link";

export function VersionItem({
  model,
  record,
  summary,
  current,
}: {
  model: string;
  record: VersionRecord;
  /** null while it is loading. */
  summary: VersionSummary | null;
  current: boolean;
}) {
  const address = { model, version: record.version };
  return (
    <li
      className={cn(
        "min-w-0 rounded-lg border bg-card px-3.5 py-3",
        current ? "border-line-strong" : "border-line",
      )}
    >
      <div className="mb-2 flex flex-wrap items-center gap-x-2 gap-y-1.5">
        <Link
          href={versionHref(address)}
          aria-current={current ? "true" : undefined}
          className="min-w-0 break-words font-semibold hover:underline"
        >
          version {record.version}
        </Link>
        <StageBadge stage={record.stage} />
        {record.aliases.map((alias) => (
          <Badge key={alias} tone="accent" title="alias">
            @{alias}
          </Badge>
        ))}
        {current ? <span className="text-mute text-xs">the one you look at</span> : null}
        <span className="ml-auto flex flex-wrap gap-2">
          <ForRole least="analyst" model={address.model}>
            <Link
              href={`${versionHref(address)}/promote`}
              prefetch={false}
              aria-label={`Ask for promotion of version ${record.version}`}
              className={buttonStyle({ size: "sm" })}
            >
              Ask for promotion
            </Link>
            <ChangeDialog address={address} record={record} />
          </ForRole>
        </span>
      </div>
      {record.description ? (
        <p className="mb-2 max-w-3xl whitespace-pre-wrap break-words text-soft">{record.description}</p>
      ) : null}
      <dl className="grid grid-cols-2 gap-x-6 gap-y-2 lg:grid-cols-[1.3fr_1.2fr_1.2fr_1fr_1.2fr]">
        <Fact name="Drift">{summary ? <DriftCell address={address} version={summary} /> : "…"}</Fact>
        <Fact name="Performance, live">{summary ? <MetricCell version={summary} /> : "…"}</Fact>
        <Fact name="Made by run">
          <SourceRunLink record={record} />
        </Fact>
        <Fact name="Owner">
          {record.owner ? actorWords(record.owner) : <span className="text-mute">nobody named</span>}
        </Fact>
        <Fact name="Created">
          <Ago time={record.created_at} />
          {summary ? (
            <span className="block text-mute text-xs">
              {summary.predictions > 0
                ? `${plural(summary.predictions, "prediction")} since`
                : "no predictions yet"}
            </span>
          ) : null}
        </Fact>
      </dl>
      {record.tags.length > 0 ? (
        <ul aria-label={`Tags of version ${record.version}`} className="mt-2 flex flex-wrap gap-1.5">
          {record.tags.map(({ key, value }) => (
            <li
              key={key}
              className="max-w-full break-words rounded-sm border border-line px-1.5 py-px text-xs"
            >
              <span className="text-mute">{key}</span> {value}
            </li>
          ))}
        </ul>
      ) : null}
    </li>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-mute text-xs">{name}</dt>
      <dd className="break-words">{children}</dd>
    </div>
  );
}
