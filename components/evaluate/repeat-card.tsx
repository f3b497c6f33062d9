import { CircleCheck, TriangleAlert } from "lucide-react";
import { metricWords } from "@/components/evaluation/metric-words";
import { Card, CardTitle } from "@/components/ui/card";
import { Table, Td, Th } from "@/components/ui/table";
import { formatMetric, formatTime, plural } from "@/lib/charts/format";
import type { EvaluationReport } from "@/lib/evaluate/schema";
import type { Evaluation } from "@/lib/evaluations/schema";
import { actorWords } from "@/lib/registry/change-words";
import { StateBadge } from "./state-badge";
import { Progress, StepFailure } from "./step-state";
import type { Doing, Repeated } from "./use-evaluation";

/** Kept evidence that is repeated in this browser: what was saved, beside what came out here. */
export function RepeatCard({
  evidence,
  datasetName,
  report,
  repeated,
  doing,
  failure,
}: {
  evidence: Evaluation;
  /** null where the dataset is not registered with the model. */
  datasetName: string | null;
  /** Of the run in this browser; null before it. */
  report: EvaluationReport | null;
  repeated: Repeated | null;
  doing: Doing | null;
  failure: { step: Doing["what"]; words: string } | null;
}) {
  const { evaluation_id: id, created_by, created_at, dataset, model_sha256, n } = evidence;
  return (
    <Card aria-label="Repetition">
      <CardTitle note={<StateBadge evaluation={evidence} />}>
        Evidence {id.slice(0, 8)}, repeated here
      </CardTitle>
      <p className="text-soft">
        {plural(n, "row")} of {datasetName ?? `dataset ${dataset.slice(0, 12)}`}, evaluated by{" "}
        {actorWords(created_by)} on {formatTime(created_at)}: the same files (SHA-256{" "}
        {model_sha256.slice(0, 12)}…), the same rows and the same mapping are run again in this browser.
      </p>
      {datasetName === null ? (
        <p role="alert" className="mt-2 rounded-md border border-line bg-warn-soft px-3 py-2">
          The dataset {dataset} is not registered with this model, so that nobody can repeat this evaluation:
          register the file again, or refuse what rests on it.
        </p>
      ) : null}
      <Progress doing={doing} of="repeating" label="Holding both against each other" />
      <StepFailure failure={failure} of={["repeating"]} what="The two could not be held against each other" />
      {repeated ? <Outcome repeated={repeated} rows={n} /> : null}
      {repeated && report ? (
        <details className="mt-2" open={repeated.difference !== null}>
          <summary className="w-fit text-mute hover:text-ink">Number by number</summary>
          <BothReports saved={evidence.report} here={report} />
        </details>
      ) : null}
    </Card>
  );
}

function Outcome({ repeated: { difference }, rows }: { repeated: Repeated; rows: number }) {
  const same = difference === null;
  const Sign = same ? CircleCheck : TriangleAlert;
  return (
    <p role="status" className="mt-2 flex items-baseline gap-2 font-medium">
      <Sign
        aria-hidden="true"
        className={`size-4 shrink-0 self-center ${same ? "text-good" : "text-high"}`}
      />
      <span className="min-w-0 break-words">
        {same
          ? `Your browser gives the same labels and scores, ${plural(rows, "row")} of them.`
          : `Your browser finds otherwise: ${difference}.`}
      </span>
    </p>
  );
}

function BothReports({ saved, here }: { saved: EvaluationReport; here: EvaluationReport }) {
  return (
    <Table label="Saved and found here" className="mt-1 w-fit min-w-80">
      <thead>
        <tr>
          <Th>metric</Th>
          <Th numeric>saved</Th>
          <Th numeric>here</Th>
        </tr>
      </thead>
      <tbody>
        {Object.entries(saved.metrics).map(([name, { value }]) => (
          <tr key={name} className="last:*:border-0">
            <Td className="text-soft">{metricWords(name).label}</Td>
            <Td numeric>{formatMetric(value)}</Td>
            <Td numeric>{formatMetric(here.metrics[name]?.value ?? null)}</Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
