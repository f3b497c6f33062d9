import { Cell } from "@/components/runs/table-columns";
import { Card, CardTitle } from "@/components/ui/card";
import { Table, Td, Th } from "@/components/ui/table";
import { formatCount } from "@/lib/charts/format";
import { isSystemMetric, isSystemTag } from "@/lib/experiments/columns";
import type { RunDetail } from "@/lib/experiments/run-schema";
import { ChildRuns } from "./child-runs";
import { InputsCard } from "./inputs-card";
import { PairTable } from "./pair-table";
import type { RunView } from "./tabs";

/** Everything that fits on a page: figures, params, tags, data, children. */
export function RunOverview({
  run,
  onChange,
}: {
  run: RunDetail;
  onChange: (change: Partial<RunView>) => void;
}) {
  const metrics = run.metrics.filter(({ key }) => !isSystemMetric(key));
  const note = run.tags.find(({ key }) => key === "mlflow.note.content")?.value;
  const tags = run.tags.filter(({ key }) => !isSystemTag(key));
  const client = run.tags.filter(({ key }) => isSystemTag(key) && key !== "mlflow.note.content");
  return (
    <div className="grid items-start gap-3 lg:grid-cols-2">
      {note ? (
        <Card className="lg:col-span-2">
          <CardTitle>Note</CardTitle>
          <p className="whitespace-pre-wrap">{note}</p>
        </Card>
      ) : null}
      <Card>
        <CardTitle
          note={`${metrics.length} in all`}
          action={
            metrics.length > 0 ? (
              <button type="button" className="link text-xs" onClick={() => onChange({ tab: "metrics" })}>
                curves
              </button>
            ) : null
          }
        >
          Metrics
        </CardTitle>
        {metrics.length === 0 ? (
          <p className="text-mute">This run has logged no metrics.</p>
        ) : (
          <div className="max-h-96 overflow-y-auto">
            <Table label="Metrics">
              <thead>
                <tr>
                  <Th>name</Th>
                  <Th numeric>last</Th>
                  <Th numeric>min</Th>
                  <Th numeric>max</Th>
                  <Th numeric>points</Th>
                </tr>
              </thead>
              <tbody>
                {metrics.slice(0, 300).map(({ key, last, min, max, points }) => (
                  <tr key={key}>
                    <Td className="break-all">{key}</Td>
                    <Td numeric>
                      <Cell value={last} />
                    </Td>
                    <Td numeric>
                      <Cell value={min} />
                    </Td>
                    <Td numeric>
                      <Cell value={max} />
                    </Td>
                    <Td numeric className="text-mute">
                      {formatCount(points)}
                    </Td>
                  </tr>
                ))}
              </tbody>
            </Table>
          </div>
        )}
        {metrics.length > 300 ? (
          <p className="mt-1 text-mute text-xs">The first 300; all are under Metrics.</p>
        ) : null}
      </Card>
      <Card>
        <CardTitle note={`${run.params.length} in all`}>Params</CardTitle>
        <PairTable label="Params" pairs={run.params} nothing="This run was given no params." />
      </Card>
      {run.children > 0 ? <ChildRuns run={run} /> : null}
      <InputsCard inputs={run.inputs} />
      <Card>
        <CardTitle>Tags</CardTitle>
        <PairTable label="Tags" pairs={tags} nothing="Nobody has tagged this run." />
        {client.length > 0 ? (
          <details className="mt-2">
            <summary className="text-mute text-xs">{client.length} that the client set</summary>
            <PairTable label="Tags of the client" pairs={client} nothing="" />
          </details>
        ) : null}
      </Card>
    </div>
  );
}
