import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { EvaluationView } from "@/components/evaluation/evaluation-view";
import { ForRole } from "@/components/people/for-role";
import { announce } from "@/components/ui/announce";
import { Button } from "@/components/ui/button";
import { Card, CardTitle } from "@/components/ui/card";
import { ErrorState } from "@/components/ui/error-state";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/input";
import { formatCount, formatMs } from "@/lib/charts/format";
import { DATASET_EXTENSIONS, datasetsQuery } from "@/lib/datasets/query";
import type { BackendChoice } from "@/lib/evaluate/pick-backend";
import { evaluationQuery, modelFilesQuery } from "@/lib/evaluations/query";
import type { VersionAddress } from "@/lib/models/address";
import { CompareCard } from "./compare-card";
import type { ChangeView, EvaluateView } from "./evaluate-panel";
import { FileDrop } from "./file-drop";
import { MappingEditor } from "./mapping-editor";
import { PreviewTable } from "./preview-table";
import { RepeatCard } from "./repeat-card";
import { Progress, StepFailure } from "./step-state";
import { useEvaluation } from "./use-evaluation";

/** Groups beyond these are not told apart in a table. */
const MOST_GROUPS = 20;

const BACKENDS: { value: BackendChoice; title: string }[] = [
  { value: "auto", title: "WebAssembly, or faster where it pays" },
  { value: "wasm", title: "WebAssembly" },
  { value: "webgl", title: "WebGL" },
  { value: "webgpu", title: "WebGPU" },
];

/** From a model and rows to numbers, and from numbers to evidence. */
export function EvaluationFlow({
  address,
  view,
  onChange,
}: {
  address: VersionAddress;
  view: EvaluateView;
  onChange: ChangeView;
}) {
  const flow = useEvaluation(address);
  const { data: kept } = useQuery(modelFilesQuery(address));
  const { data: registry } = useQuery(datasetsQuery(address.model));
  const asked = useQuery({
    ...evaluationQuery(address, view.evidence ?? ""),
    enabled: view.evidence !== null,
  });
  const evidence = view.evidence === null ? undefined : asked.data;
  const { model, data, mapping, run, doing, failure } = flow;
  const hasFiles = (kept?.files.length ?? 0) > 0;
  const source = view.source ?? (hasFiles ? "registry" : "upload");
  const isBusy = doing !== null;
  const groupings = (data?.facts.columns ?? []).filter(
    ({ name, categories }) =>
      name !== mapping?.label && categories && categories.length > 1 && categories.length <= MOST_GROUPS,
  );

  const rows = registry?.datasets.find(({ sha256 }) => sha256 === (evidence?.dataset ?? view.dataset));
  const groups = view.groups ?? evidence?.report.fairness?.[0]?.feature ?? null;
  // A link names what is chosen: it is loaded once, and then only at a person's word.
  const opened = useRef(false);
  useEffect(() => {
    if (opened.current || !kept || !registry || (view.evidence && !evidence)) return;
    opened.current = true;
    void (async () => {
      if (evidence) {
        if (rows) await flow.repeat(evidence, rows, view.backend, groups);
        return;
      }
      if (view.source === "registry" && hasFiles) await flow.loadRegistered();
      if (rows) await flow.loadDataset(rows);
    })();
  }, [kept, registry, evidence, rows, groups, view, hasFiles, flow]);

  return (
    <>
      {evidence && registry ? (
        <RepeatCard
          evidence={evidence}
          datasetName={rows?.name ?? null}
          report={run?.report ?? null}
          repeated={flow.repeated}
          doing={doing}
          failure={failure}
        />
      ) : null}
      {view.evidence && asked.error && !asked.data ? (
        <ErrorState what="The evidence could not be loaded" error={asked.error} onRetry={asked.refetch} />
      ) : null}
      <div className="grid items-start gap-3.5 lg:grid-cols-2">
        <Card aria-label="Model">
          <CardTitle note={model ? `${model.facts.format}, ${model.facts.sha256.slice(0, 12)}…` : undefined}>
            1 · Model
          </CardTitle>
          <div className="flex flex-col gap-2">
            {hasFiles ? (
              <div className="flex flex-wrap items-center gap-2">
                <Button
                  tone={model ? "default" : "primary"}
                  disabled={isBusy}
                  onClick={() => {
                    onChange({ source: "registry" });
                    void flow.loadRegistered();
                  }}
                >
                  Load version {address.version} as registered
                </Button>
                <span className="text-mute text-xs">{kept!.files.map(({ path }) => path).join(", ")}</span>
              </div>
            ) : null}
            <FileDrop
              multiple
              accept=".json,.bin,.onnx,.zip"
              onFiles={(files) => {
                if (files.length === 0) return;
                onChange({ source: "upload" });
                void flow.loadModel(files, files.map(({ path }) => path).join(", "));
              }}
            >
              {source === "registry" && hasFiles ? "Or drop" : "Drop"} a{" "}
              <strong className="font-semibold">TensorFlow.js model</strong> (model.json with its shards, a
              folder or a zip) or an <strong className="font-semibold">ONNX</strong> file, or choose its files
            </FileDrop>
            {model ? (
              <p>
                {model.name}: reads {model.facts.inputs.map(inputWords).join(", ")}; answers{" "}
                {model.facts.outputs.map(inputWords).join(", ")}.
              </p>
            ) : (
              <p className="text-mute text-xs">
                The files stay in this browser until the evaluation is saved as evidence. Keras, scikit-learn
                and XGBoost models are converted with tensorflowjs_converter, skl2onnx and onnxmltools.
              </p>
            )}
            {model?.facts.notes.map((note) => (
              <p key={note} className="text-mute text-xs">
                {note}
              </p>
            ))}
            <Progress doing={doing} of="model" label="Reading the model" />
            <StepFailure failure={failure} of={["model"]} what="The model was not loaded" />
          </div>
        </Card>
        <Card aria-label="Data">
          <CardTitle note={data ? `${formatCount(data.facts.rows)} rows` : undefined}>
            2 · Held-out rows
          </CardTitle>
          <div className="flex flex-col gap-2">
            {registry && registry.datasets.length > 0 ? (
              <Field label="Registered dataset">
                {(wiring) => (
                  <Select
                    {...wiring}
                    disabled={isBusy}
                    value={view.dataset ?? evidence?.dataset ?? ""}
                    onChange={(event) => {
                      const dataset = registry.datasets.find(({ sha256 }) => sha256 === event.target.value);
                      onChange({ dataset: dataset?.sha256 ?? null });
                      if (dataset) void flow.loadDataset(dataset);
                    }}
                  >
                    <option value="">Choose …</option>
                    {registry.datasets.map(({ sha256, name, rows }) => (
                      <option key={sha256} value={sha256}>
                        {name} ({formatCount(rows)} rows)
                      </option>
                    ))}
                  </Select>
                )}
              </Field>
            ) : null}
            <FileDrop
              accept={DATASET_EXTENSIONS}
              onFiles={([first]) => {
                if (!first) return;
                onChange({ dataset: null });
                void flow.loadFile(new File([first.file], first.path));
              }}
            >
              Drop a <strong className="font-semibold">CSV, Parquet or Arrow</strong> file with the features
              and what really happened, or choose it
            </FileDrop>
            {data ? (
              <p>
                {data.name}: {columnsWords(data.facts.columns)}.
              </p>
            ) : null}
            <Progress doing={doing} of="data" label="Reading the rows" />
            <StepFailure failure={failure} of={["data"]} what="The rows were not read" />
          </div>
        </Card>
      </div>
      {model && data && mapping ? (
        <Card aria-label="Input mapping">
          <CardTitle note="how a row becomes what the model reads; kept with the version when the evaluation is saved">
            3 · Input mapping
          </CardTitle>
          <MappingEditor
            mapping={mapping}
            columns={data.facts.columns}
            outputs={model.facts.outputs.map(({ name }) => name)}
            disabled={isBusy && doing.what !== "preview"}
            onChange={flow.changeMapping}
          />
          <StepFailure failure={failure} of={["preview"]} what="The mapping does not fit" />
          {flow.preview ? <PreviewTable rows={flow.preview} label={mapping.label} /> : null}
        </Card>
      ) : null}
      {model && data && mapping && flow.preview ? (
        <Card aria-label="Run">
          <CardTitle
            note={run ? <span data-milliseconds={run.milliseconds}>{runWords(run)}</span> : undefined}
          >
            4 · Run
          </CardTitle>
          <div className="flex flex-wrap items-end gap-2">
            {model.facts.format === "onnx" ? null : (
              <Field label="Backend">
                {(wiring) => (
                  <Select
                    {...wiring}
                    disabled={isBusy}
                    value={view.backend}
                    onChange={(event) => onChange({ backend: event.target.value as BackendChoice })}
                  >
                    {BACKENDS.map(({ value, title }) => (
                      <option key={value} value={value}>
                        {title}
                      </option>
                    ))}
                  </Select>
                )}
              </Field>
            )}
            {groupings.length > 0 ? (
              <Field label="Compare groups of">
                {(wiring) => (
                  <Select
                    {...wiring}
                    disabled={isBusy}
                    value={groups ?? ""}
                    onChange={(event) => onChange({ groups: event.target.value || null })}
                  >
                    <option value="">nothing</option>
                    {groupings.map(({ name }) => (
                      <option key={name}>{name}</option>
                    ))}
                  </Select>
                )}
              </Field>
            ) : null}
            <Button
              tone={run ? "default" : "primary"}
              disabled={isBusy}
              onClick={() => void flow.start(view.backend, groups)}
            >
              {run ? "Evaluate again" : `Evaluate ${formatCount(data.facts.rows)} rows`}
            </Button>
            {run ? (
              <ForRole least="analyst" model={address.model}>
                <Button
                  tone="primary"
                  disabled={isBusy}
                  onClick={async () => {
                    const id = await flow.save();
                    if (!id) return;
                    announce("success", "Saved as evidence. The server repeats it now.");
                    onChange({ evaluation: id });
                  }}
                >
                  Save as evidence
                </Button>
              </ForRole>
            ) : null}
          </div>
          <Progress doing={doing} of="backend" label="Trying the backend" />
          <Progress
            doing={doing}
            of="scoring"
            label="Scoring rows"
            share={flow.share}
            onCancel={flow.cancel}
          />
          <Progress
            doing={doing}
            of="measuring"
            label="Computing the numbers"
            share={flow.share}
            onCancel={flow.cancel}
          />
          <Progress doing={doing} of="saving" label="Saving model, rows and scores" onCancel={flow.cancel} />
          <StepFailure
            failure={failure}
            of={["backend", "scoring", "measuring"]}
            what="The evaluation failed"
          />
          <StepFailure failure={failure} of={["saving"]} what="The evaluation was not saved" />
          {run?.notes.map((note) => (
            <p key={note} className="mt-2 text-mute text-xs">
              {note}
            </p>
          ))}
          {run && run.refused.rows > 0 ? (
            <p className="mt-2 text-soft">
              {formatCount(run.refused.rows)} rows could not be given to the model, the first being row{" "}
              {run.refused.first[0]!.row}: {run.refused.first[0]!.feature} {run.refused.first[0]!.message}.
            </p>
          ) : null}
        </Card>
      ) : null}
      {run ? (
        <>
          <CompareCard
            address={address}
            against={view.against}
            doing={doing}
            failure={failure}
            onCompare={(other) => {
              onChange({ against: "version" in other ? other.version : null });
              void flow.compareWith(other);
            }}
          />
          {flow.compared ? (
            <EvaluationView
              key={flow.compared.name}
              report={flow.compared.run.report}
              second={{
                report: run.report,
                names: [flow.compared.name, `version ${address.version}`],
                comparison: flow.compared.comparison,
              }}
            />
          ) : (
            <EvaluationView
              report={run.report}
              cells={run.cells}
              onEvaluate={(threshold) => void flow.evaluateAt(threshold, view.backend, groups)}
            />
          )}
        </>
      ) : null}
    </>
  );
}

/** Columns beyond these are counted. */
const MOST_NAMED = 40;

function columnsWords(columns: readonly { name: string }[]): string {
  const named = columns.slice(0, MOST_NAMED).map(({ name }) => name);
  const more = columns.length - named.length;
  return `${named.join(", ")}${more > 0 ? ` and ${formatCount(more)} more` : ""}`;
}

const inputWords = ({ name, width, type }: { name: string; width: number | null; type: string }) =>
  `${name} (${width === null ? "any number of" : formatCount(width)} ${type})`;

const runWords = ({ rows, milliseconds, backend }: { rows: number; milliseconds: number; backend: string }) =>
  `${formatCount(rows)} rows in ${formatMs(milliseconds)} on ${backend}`;
