import Link from "next/link";
import type { ReactNode } from "react";
import { Ago } from "@/components/ui/ago";
import { versionHref } from "@/lib/models/address";
import type { VersionRow } from "@/lib/models/order";
import { BaselineCell, DriftCell, LabelCell, MetricCell, VolumeCell } from "./cells";
import { StageBadge } from "./stage-badge";

/** The table's rows where there is no room for a table. */
export function ModelCards({ rows }: { rows: readonly VersionRow[] }) {
  return (
    <ul className="grid gap-3 md:grid-cols-2">
      {rows.map(({ model: { model, task }, version }) => {
        const address = { model, version: version.version };
        return (
          <li
            key={`${model}/${version.version}`}
            className="min-w-0 rounded-lg border border-line bg-card px-3.5 py-3"
          >
            <div className="mb-2 flex flex-wrap items-baseline gap-x-2">
              <Link href={versionHref(address)} className="min-w-0 break-words font-semibold hover:underline">
                {model} <span className="font-normal text-soft">version {version.version}</span>
              </Link>
              <StageBadge stage={version.stage} />
              <span className="ml-auto text-mute text-xs">{task}</span>
            </div>
            <dl className="grid grid-cols-[5.5rem_minmax(0,1fr)] gap-x-3 gap-y-2">
              <Fact name="drift">
                <DriftCell address={address} version={version} />
              </Fact>
              <Fact name="metric">
                <MetricCell version={version} />
              </Fact>
              <Fact name="latest week">
                <VolumeCell version={version} />
              </Fact>
              <Fact name="labelled">
                <LabelCell version={version} />
              </Fact>
              <Fact name="last row">
                {version.last_received_at ? <Ago time={version.last_received_at} /> : "never"}
              </Fact>
              <Fact name="baseline">
                <BaselineCell address={address} version={version} />
              </Fact>
            </dl>
          </li>
        );
      })}
    </ul>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-mute text-xs leading-5">{name}</dt>
      <dd className="min-w-0">{children}</dd>
    </>
  );
}
