import { useQuery } from "@tanstack/react-query";
import { metricWords } from "@/components/evaluation/metric-words";
import { Ago } from "@/components/ui/ago";
import { Card, CardTitle } from "@/components/ui/card";
import { cn } from "@/components/ui/cn";
import { Table, Td, Th } from "@/components/ui/table";
import { formatCount, formatMetric } from "@/lib/charts/format";
import { datasetsQuery } from "@/lib/datasets/query";
import type { EvaluationSummary } from "@/lib/evaluations/schema";
import type { VersionAddress } from "@/lib/models/address";
import { actorWords } from "@/lib/registry/change-words";
import { headline } from "./evaluations-verdict";
import { StateBadge } from "./state-badge";

/** What was kept, the latest first. */
export function PastEvaluations({
  address,
  evaluations,
  open,
  onOpen,
}: {
  address: VersionAddress;
  evaluations: readonly EvaluationSummary[];
  open: string | null;
  onOpen: (id: string) => void;
}) {
  const { data } = useQuery(datasetsQuery(address.model));
  const nameOf = (sha256: string) =>
    data?.datasets.find((dataset) => dataset.sha256 === sha256)?.name ?? `${sha256.slice(0, 12)}…`;
  return (
    <Card>
      <CardTitle note="the latest first">Evidence</CardTitle>
      <Table label="Evaluations that were kept">
        <thead>
          <tr>
            <Th>Evaluated</Th>
            <Th>State</Th>
            <Th>Model file</Th>
            <Th>Data</Th>
            <Th numeric>Rows</Th>
            <Th numeric>Result</Th>
            <Th>By</Th>
          </tr>
        </thead>
        <tbody>
          {evaluations.map((evaluation) => {
            const found = headline(evaluation);
            const id = evaluation.evaluation_id;
            return (
              <tr key={id} className={cn(id === open && "bg-selected")}>
                <Td className="whitespace-nowrap">
                  <button
                    type="button"
                    className="link"
                    aria-current={id === open ? "true" : undefined}
                    onClick={() => onOpen(id)}
                  >
                    <Ago time={evaluation.created_at} />
                  </button>
                </Td>
                <Td>
                  <StateBadge evaluation={evaluation} />
                </Td>
                <Td className="whitespace-nowrap">
                  {evaluation.belongs === false ? (
                    <span className="text-high">not this version's</span>
                  ) : evaluation.belongs ? (
                    "as registered"
                  ) : (
                    <span className="text-mute">none registered</span>
                  )}
                </Td>
                <Td className="max-w-56 truncate">{nameOf(evaluation.dataset)}</Td>
                <Td numeric>{formatCount(evaluation.n)}</Td>
                <Td numeric>
                  {found ? (
                    <>
                      <span className="text-mute">{metricWords(found.name).label}</span>{" "}
                      {formatMetric(found.value)}
                    </>
                  ) : (
                    "–"
                  )}
                </Td>
                <Td className="whitespace-nowrap">{actorWords(evaluation.created_by)}</Td>
              </tr>
            );
          })}
        </tbody>
      </Table>
    </Card>
  );
}
