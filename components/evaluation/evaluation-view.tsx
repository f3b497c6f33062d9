"use client";

import { memo, type ReactNode, useState } from "react";
import { ConfusionCard } from "@/components/performance/confusion-card";
import { formatCount, plural } from "@/lib/charts/format";
import type { EvaluationComparison, EvaluationReport, Slice } from "@/lib/evaluate/schema";
import { atThreshold, reportAt } from "@/lib/evaluate/sweep";
import { CalibrationCard, type NamedCalibration } from "./calibration-card";
import { ClassTable } from "./class-table";
import { ComparisonCard } from "./comparison-card";
import { CurveCards, type NamedCurve } from "./curve-cards";
import { ErrorTable, type RowCells } from "./error-table";
import { FairnessTable } from "./fairness-table";
import { MetricTiles } from "./metric-tiles";
import { Piecewise } from "./piecewise";
import { type NamedResiduals, ResidualCards } from "./residual-cards";
import { SliceTable } from "./slice-table";
import { type CutView, ThresholdCard } from "./threshold-card";

/* What does not move with the threshold is not drawn again with each of its steps. */
const StillSlices = memo(SliceTable);
const StillFairness = memo(FairnessTable);
const StillErrors = memo(ErrorTable);

/** A second model on the same rows: the challenger where `report` is the champion. */
export type SecondModel = {
  report: EvaluationReport;
  names: readonly [champion: string, challenger: string];
  comparison: EvaluationComparison | null;
};

/**
 * Draws an evaluation, alone or beside that of a second model. Threshold and costs are kept here unless the page keeps
 * them (`view`, `onView`), as one does that puts them into its address.
 */
export function EvaluationView({
  report,
  second,
  cells,
  view: kept,
  onView,
  onEvaluate,
  chosenSlice,
  onSlice,
}: {
  report: EvaluationReport;
  second?: SecondModel | undefined;
  cells?: RowCells | undefined;
  view?: CutView | undefined;
  onView?: ((view: CutView) => void) | undefined;
  onEvaluate?: ((threshold: number) => void) | undefined;
  chosenSlice?: Slice["slice"] | null | undefined;
  onSlice?: ((slice: Slice["slice"] | null) => void) | undefined;
}) {
  const own = report.threshold ?? 0.5;
  const [local, setLocal] = useState<CutView>({ threshold: own, falsePositive: 1, falseNegative: 1 });
  const view = kept ?? local;
  const curve = report.task === "binary" ? report.curves?.[0] : undefined;
  const cut = curve ? atThreshold(curve, view.threshold, view) : null;
  const shown = cut && view.threshold !== own ? reportAt(report, cut) : report;
  const names = second?.names;
  const models = [
    { name: names?.[0] ?? "all rows", place: 0, report },
    ...(second ? [{ name: second.names[1], place: 1, report: second.report }] : []),
  ];
  return (
    <div className="flex flex-col gap-3">
      <Piecewise>
        <Basis report={report} name={names?.[0]} />
        {second?.comparison && names ? <ComparisonCard comparison={second.comparison} names={names} /> : null}
        <MetricTiles report={shown} second={second?.report} names={names} />
        {curve && cut ? (
          <Columns>
            <ThresholdCard
              curve={curve}
              histogram={report.score_histogram}
              cut={cut}
              view={view}
              onView={onView ?? setLocal}
              own={own}
              onEvaluate={onEvaluate}
            />
            <div className="flex min-w-0 flex-col gap-3">
              {shown.confusion ? <ConfusionCard confusion={shown.confusion} /> : null}
              {shown.per_class ? <ClassTable classes={shown.per_class} /> : null}
            </div>
          </Columns>
        ) : (
          <Columns>
            {shown.confusion ? <ConfusionCard confusion={shown.confusion} /> : null}
            {shown.per_class ? <ClassTable classes={shown.per_class} /> : null}
          </Columns>
        )}
        <div className="grid items-start gap-3 lg:grid-cols-2 xl:grid-cols-3">
          <Piecewise>
            <CurveCards curves={namedCurves(models)} cut={cut} />
            <Calibrations
              models={models}
              positive={report.task === "binary" ? (report.positive_class ?? null) : null}
            />
            <ResidualCards models={models.flatMap(residualsOf)} />
          </Piecewise>
        </div>
        <StillSlices report={report} chosen={chosenSlice} onSlice={onSlice} />
        {report.fairness?.map((fairness) => (
          <StillFairness key={fairness.feature} fairness={fairness} />
        ))}
        <StillErrors report={report} cells={cells} />
      </Piecewise>
    </div>
  );
}

type Model = { name: string; place: number; report: EvaluationReport };

/** The classes of one model, or, for two, the same first class of both. */
function namedCurves(models: readonly Model[]): NamedCurve[] {
  if (models.length > 1) {
    return models.flatMap(({ name, place, report }) => {
      const curve = report.curves?.[0];
      return curve
        ? [{ name: report.task === "binary" ? name : `${name}, ${curve.class}`, place, curve }]
        : [];
    });
  }
  return (models[0]?.report.curves ?? []).map((curve, place) => ({ name: curve.class, place, curve }));
}

const residualsOf = ({ name, place, report: { residuals } }: Model): NamedResiduals[] =>
  residuals ? [{ name, place, residuals }] : [];

function Calibrations({ models, positive }: { models: readonly Model[]; positive: string | null }) {
  const own = models.flatMap(({ name, place, report: { calibration } }): NamedCalibration[] =>
    calibration ? [{ name, place, calibration }] : [],
  );
  return own.length > 0 ? <CalibrationCard models={own} positive={positive} /> : null;
}

/** What all the numbers rest on. */
function Basis({ report, name }: { report: EvaluationReport; name: string | undefined }) {
  const { n, n_missing_label, n_missing_prediction } = report;
  const left = [
    n_missing_label > 0 ? `${formatCount(n_missing_label)} without a label` : "",
    n_missing_prediction > 0 ? `${formatCount(n_missing_prediction)} without a prediction` : "",
  ].filter(Boolean);
  return (
    <p className="text-mute text-sm">
      {name ? `${name}: ` : ""}
      {plural(n, "row")}
      {left.length > 0 ? `; left out: ${left.join(" and ")}` : ""}. Small figures below a value are its 95 %
      interval.
    </p>
  );
}

function Columns({ children }: { children: ReactNode }) {
  return <div className="grid items-start gap-3 lg:grid-cols-2">{children}</div>;
}
