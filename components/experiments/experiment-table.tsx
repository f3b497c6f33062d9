import Link from "next/link";
import { SortHeader } from "@/components/models/sort-header";
import { Ago } from "@/components/ui/ago";
import { Table, Td } from "@/components/ui/table";
import { formatCount } from "@/lib/charts/format";
import { experimentHref } from "@/lib/experiments/address";
import type { ExperimentSort } from "@/lib/experiments/order";
import type { ExperimentSummary } from "@/lib/experiments/schema";
import type { ExperimentsView } from "./experiments-panel";

export function ExperimentTable({
  experiments,
  view,
  onChange,
}: {
  experiments: readonly ExperimentSummary[];
  view: ExperimentsView;
  onChange: (change: Partial<ExperimentsView>) => void;
}) {
  const header = (sort: ExperimentSort) => ({
    direction: view.sort === sort ? view.order : null,
    onSort: () => {
      const first = sort === "name" ? ("asc" as const) : ("desc" as const);
      const flipped = view.order === "asc" ? ("desc" as const) : ("asc" as const);
      onChange({ sort, order: view.sort === sort ? flipped : first });
    },
  });
  return (
    <div className="rounded-lg border border-line bg-card px-2 pb-1">
      <Table label="Experiments">
        <thead>
          <tr>
            <SortHeader {...header("name")}>name</SortHeader>
            <SortHeader {...header("runs")}>runs</SortHeader>
            <SortHeader {...header("updated")}>last update</SortHeader>
            <SortHeader {...header("created")} className="max-sm:hidden">
              created
            </SortHeader>
          </tr>
        </thead>
        <tbody>
          {experiments.map((experiment) => (
            <tr key={experiment.experiment_id} className="last:*:border-0 hover:bg-hover">
              <Td className="min-w-40 max-w-96 break-words">
                <Link href={experimentHref(experiment.experiment_id)} className="font-medium hover:underline">
                  {experiment.name}
                </Link>
                <Note experiment={experiment} />
              </Td>
              <Td className="whitespace-nowrap">
                {formatCount(experiment.runs)}
                <span className="text-mute text-xs">
                  {experiment.running > 0 ? `, ${formatCount(experiment.running)} running` : ""}
                  {experiment.failed > 0 ? `, ${formatCount(experiment.failed)} failed` : ""}
                </span>
              </Td>
              <Td className="whitespace-nowrap">
                <Ago time={experiment.updated_at} />
              </Td>
              <Td className="whitespace-nowrap text-mute max-sm:hidden">
                <Ago time={experiment.created_at} />
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
    </div>
  );
}

function Note({ experiment }: { experiment: ExperimentSummary }) {
  const note = experiment.tags.find(({ key }) => key === "mlflow.note.content")?.value;
  return note ? <span className="line-clamp-1 text-mute text-xs">{note}</span> : null;
}
