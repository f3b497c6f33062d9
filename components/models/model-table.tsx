import Link from "next/link";
import { Ago } from "@/components/ui/ago";
import { Table, Td } from "@/components/ui/table";
import { versionHref } from "@/lib/models/address";
import { FIRST_DIRECTION, type Sort, type VersionRow } from "@/lib/models/order";
import { BaselineCell, DriftCell, LabelCell, MetricCell, VolumeCell } from "./cells";
import type { ModelsViewState } from "./models-panel";
import { SortHeader } from "./sort-header";
import { StageBadge } from "./stage-badge";

export function ModelTable({
  rows,
  view,
  onChange,
}: {
  rows: readonly VersionRow[];
  view: ModelsViewState;
  onChange: (change: Partial<ModelsViewState>) => void;
}) {
  const header = (sort: Sort) => ({
    direction: view.sort === sort ? view.direction : null,
    onSort: () => {
      const flipped = view.direction === "asc" ? "desc" : "asc";
      if (view.sort !== sort) onChange({ sort });
      // The third click gives the page's own order back.
      else if (view.direction === FIRST_DIRECTION[sort]) onChange({ direction: flipped });
      else onChange({ sort: "attention" });
    },
  });
  return (
    <div className="rounded-lg border border-line bg-card px-2 pb-1">
      <Table label="Versions">
        <thead>
          <tr>
            <SortHeader {...header("name")}>model and version</SortHeader>
            <SortHeader {...header("volume")}>volume, latest week</SortHeader>
            <SortHeader {...header("drift")}>drift against baseline</SortHeader>
            <SortHeader {...header("metric")}>metric against baseline</SortHeader>
            <SortHeader {...header("labels")}>labelled</SortHeader>
            <SortHeader {...header("freshness")}>last row</SortHeader>
            <th scope="col" className="border-line border-b px-1.5 text-left font-medium text-mute text-xs">
              baseline
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ model, version }) => (
            <tr key={`${model.model}/${version.version}`} className="last:*:border-0 hover:bg-hover">
              <Td className="max-w-56">
                <Link
                  href={versionHref({ model: model.model, version: version.version })}
                  className="font-medium hover:underline"
                >
                  {model.model}
                  <span className="font-normal text-soft"> version {version.version}</span>
                </Link>
                <span className="mt-0.5 flex items-center gap-1.5 text-mute text-xs">
                  <StageBadge stage={version.stage} />
                  {model.task ?? "task not known yet"}
                </span>
              </Td>
              <Td className="w-36">
                <VolumeCell version={version} />
              </Td>
              <Td className="max-w-64">
                <DriftCell address={{ model: model.model, version: version.version }} version={version} />
              </Td>
              <Td>
                <MetricCell version={version} />
              </Td>
              <Td>
                <LabelCell version={version} />
              </Td>
              <Td className="whitespace-nowrap">
                {version.last_received_at ? (
                  <Ago time={version.last_received_at} />
                ) : (
                  <span className="text-mute">never</span>
                )}
              </Td>
              <Td className="max-w-40">
                <BaselineCell address={{ model: model.model, version: version.version }} version={version} />
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
    </div>
  );
}
