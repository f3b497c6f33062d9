import { formatCount, formatDay, listWords, plural } from "@/lib/charts/format";
import type { Lineage } from "@/lib/lineage/schema";
import { versionHref } from "@/lib/models/address";

export type LineageStep = {
  name: string;
  title: string;
  note: string | null;
  /** null where there is nothing to open. */
  href: string | null;
  tone: "plain" | "warn";
};

/** The road in five stops; one that is not known says so and how it comes to be known. */
export function lineageSteps(lineage: Lineage): LineageStep[] {
  return [
    dataStep(lineage),
    runStep(lineage),
    versionStep(lineage),
    predictionStep(lineage),
    driftStep(lineage),
  ];
}

const stop = (name: string, title: string, rest: Partial<LineageStep> = {}): LineageStep => ({
  name,
  title,
  note: null,
  href: null,
  tone: "plain",
  ...rest,
});

function dataStep({ model, version, datasets, run, baseline }: Lineage): LineageStep {
  const [first, ...more] = datasets;
  if (first && run) {
    return stop("Data", more.length > 0 ? `${first.name} and ${more.length} more` : first.name, {
      note: [`digest ${first.digest}`, first.rows === null ? null : plural(first.rows, "row")]
        .filter(Boolean)
        .join(", "),
      href: `/runs/${encodeURIComponent(run.run_id)}#inputs`,
    });
  }
  if (baseline) {
    return stop("Data", baseline.file_name ?? "a frozen window", {
      note: `the baseline, ${plural(baseline.rows, "row")}`,
      href: versionHref({ model, version }, "settings"),
    });
  }
  return stop("Data", "not known", { note: "mlflow.log_input names it" });
}

function runStep({ run, source }: Lineage): LineageStep {
  if (!run) {
    return stop("Run", "not known", {
      note: source === "" ? "logged predictions made this version" : source,
    });
  }
  if (run.name === null) return stop("Run", run.run_id, { note: "not a run of this server" });
  return stop("Run", run.name, {
    note: run.status?.toLowerCase() ?? null,
    href: `/runs/${encodeURIComponent(run.run_id)}`,
  });
}

function versionStep({ model, version, stage, created_at }: Lineage): LineageStep {
  return stop("Version", `${version}, ${stage === "None" ? "no stage" : stage}`, {
    note: `since ${formatDay(created_at)}`,
    href: versionHref({ model, version }, "versions"),
  });
}

function predictionStep({ model, version, predictions, labelled }: Lineage): LineageStep {
  if (predictions === 0)
    return stop("Predictions", "none yet", { note: "log some to watch it", href: "/connect" });
  return stop("Predictions", formatCount(predictions), {
    note: `${formatCount(labelled)} labelled`,
    href: versionHref({ model, version }, "predictions"),
  });
}

function driftStep({ model, version, health }: Lineage): LineageStep {
  const href = versionHref({ model, version }, "drift");
  if (!health || health.n === 0) return stop("Drift", "nothing to test yet");
  if (health.drift_detected === null) return stop("Drift", "not tested", { note: health.reason, href });
  if (!health.drift_detected) {
    return stop("Drift", "nothing moved", {
      note: `${plural(health.tested_features, "feature")} tested`,
      href,
    });
  }
  return stop("Drift", `${listWords(health.drifted_features)} moved`, {
    note: `${plural(health.tested_features, "feature")} tested`,
    href,
    tone: "warn",
  });
}
