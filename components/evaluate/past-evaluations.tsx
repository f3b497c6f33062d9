import { useQuery } from "@tanstack/react-query";
import { saveFile } from "@/components/drift/save-file";
import { metricWords } from "@/components/evaluation/metric-words";
import { SortHeader } from "@/components/models/sort-header";
import { Ago } from "@/components/ui/ago";
import { Button } from "@/components/ui/button";
import { Card, CardTitle } from "@/components/ui/card";
import { cn } from "@/components/ui/cn";
import { Select } from "@/components/ui/input";
import { matching, nextOrder, type Order, type OrderValues, ordered } from "@/components/ui/ordered";
import { Table, Td } from "@/components/ui/table";
import { TableTools } from "@/components/ui/table-tools";
import { formatCount, formatMetric } from "@/lib/charts/format";
import { datasetsQuery } from "@/lib/datasets/query";
import type { EvaluationSummary } from "@/lib/evaluations/schema";
import { EVALUATION_STATES } from "@/lib/evaluations/states";
import type { VersionAddress } from "@/lib/models/address";
import type { Direction } from "@/lib/models/order";
import { actorWords } from "@/lib/registry/change-words";
import type { ChangeView, EvaluateView } from "./evaluate-panel";
import { evaluationsCsv } from "./evaluations-csv";
import type { EvaluationSort } from "./evaluations-sorts";
import { headline } from "./evaluations-verdict";
import { StateBadge } from "./state-badge";

const FIRST: Record<EvaluationSort, Direction> = {
  evaluated: "desc",
  state: "asc",
  file: "asc",
  data: "asc",
  rows: "desc",
  result: "desc",
  by: "asc",
};

const fileWords = ({ belongs }: EvaluationSummary) =>
  belongs === null ? "none registered" : belongs ? "as registered" : "not this version's";

/** What was kept, the latest first unless sorted otherwise. */
export function PastEvaluations({
  address,
  evaluations,
  view,
  onChange,
}: {
  address: VersionAddress;
  evaluations: readonly EvaluationSummary[];
  view: EvaluateView;
  onChange: ChangeView;
}) {
  const { data } = useQuery(datasetsQuery(address.model));
  const nameOf = (sha256: string) =>
    data?.datasets.find((dataset) => dataset.sha256 === sha256)?.name ?? `${sha256.slice(0, 12)}…`;
  const values: OrderValues<EvaluationSort, EvaluationSummary> = {
    evaluated: ({ created_at }) => Date.parse(created_at),
    state: ({ state }) => EVALUATION_STATES.indexOf(state),
    file: fileWords,
    data: ({ dataset }) => nameOf(dataset),
    rows: ({ n }) => n,
    result: (evaluation) => headline(evaluation)?.value ?? null,
    by: ({ created_by }) => actorWords(created_by),
  };
  const order: Order<EvaluationSort> = view.sort ? { by: view.sort, direction: view.order } : null;
  const found = matching(evaluations, view.q, (each) => [
    each.state,
    fileWords(each),
    nameOf(each.dataset),
    each.dataset,
    each.model_sha256,
    each.backend,
    actorWords(each.created_by),
  ]).filter(({ state }) => view.state === null || state === view.state);
  const shown = ordered(found, order, values);
  const header = (by: EvaluationSort) => ({
    direction: order?.by === by ? order.direction : null,
    onSort: () => {
      const next = nextOrder(order, by, FIRST[by]);
      onChange({ sort: next?.by ?? null, order: next?.direction ?? "asc" });
    },
  });
  return (
    <Card>
      <CardTitle note={order ? undefined : "the latest first"}>Evidence</CardTitle>
      <TableTools
        text={view.q}
        onText={(q) => onChange({ q })}
        hint="data, person, hash"
        shown={shown.length}
        of={evaluations.length}
        noun={["evaluation", "evaluations"]}
        onCsv={() =>
          saveFile(
            `${address.model}-${address.version}-evaluations.csv`,
            "text/csv",
            evaluationsCsv(shown, nameOf),
          )
        }
      >
        <Select
          aria-label="State"
          value={view.state ?? ""}
          onChange={(event) =>
            onChange({ state: EVALUATION_STATES.find((state) => state === event.target.value) ?? null })
          }
        >
          <option value="">every state</option>
          {EVALUATION_STATES.map((state) => (
            <option key={state}>{state}</option>
          ))}
        </Select>
      </TableTools>
      {shown.length === 0 ? (
        <p className="flex flex-wrap items-center gap-2 text-mute">
          No evaluation matches this filter.
          <Button size="sm" onClick={() => onChange({ q: "", state: null })}>
            Show all
          </Button>
        </p>
      ) : (
        <Table label="Evaluations that were kept">
          <thead>
            <tr>
              <SortHeader {...header("evaluated")}>Evaluated</SortHeader>
              <SortHeader {...header("state")}>State</SortHeader>
              <SortHeader {...header("file")}>Model file</SortHeader>
              <SortHeader {...header("data")}>Data</SortHeader>
              <SortHeader numeric {...header("rows")}>
                Rows
              </SortHeader>
              <SortHeader numeric {...header("result")}>
                Result
              </SortHeader>
              <SortHeader {...header("by")}>By</SortHeader>
            </tr>
          </thead>
          <tbody>
            {shown.map((evaluation) => {
              const result = headline(evaluation);
              const id = evaluation.evaluation_id;
              return (
                <tr key={id} className={cn(id === view.evaluation && "bg-selected")}>
                  <Td className="whitespace-nowrap">
                    <button
                      type="button"
                      className="link"
                      aria-current={id === view.evaluation ? "true" : undefined}
                      onClick={() => onChange({ evaluation: id })}
                    >
                      <Ago time={evaluation.created_at} />
                    </button>
                  </Td>
                  <Td>
                    <StateBadge evaluation={evaluation} />
                  </Td>
                  <Td className="whitespace-nowrap">
                    <span
                      className={
                        evaluation.belongs === false
                          ? "text-high"
                          : evaluation.belongs === null
                            ? "text-mute"
                            : undefined
                      }
                    >
                      {fileWords(evaluation)}
                    </span>
                  </Td>
                  <Td className="max-w-56 truncate">{nameOf(evaluation.dataset)}</Td>
                  <Td numeric>{formatCount(evaluation.n)}</Td>
                  <Td numeric>
                    {result ? (
                      <>
                        <span className="text-mute">{metricWords(result.name).label}</span>{" "}
                        {formatMetric(result.value)}
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
      )}
    </Card>
  );
}
