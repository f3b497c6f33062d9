import type { Metadata } from "next";
import { createLoader, type SearchParams } from "nuqs/server";
import { Prefetched } from "@/app/prefetched";
import { axisParams, driftParams, windowMetricParams } from "@/components/drift/questions";
import { dataSpan } from "@/components/report/data-span";
import { modelAnswer } from "../../../answers";
import { type VersionParams, versionAddress } from "../address";
import { driftAnswer, performanceAnswer, timelineAnswer } from "../answers";
import { DriftView } from "./drift-view";
import { driftSearchParams } from "./search-params";

type Props = VersionParams & { searchParams: Promise<SearchParams> };

const loadView = createLoader(driftSearchParams);

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { model, version } = await versionAddress(props);
  return { title: `Drift of ${model} version ${version}` };
}

export default async function DriftPage(props: Props) {
  const address = await versionAddress(props);
  const view = await loadView(props.searchParams);
  return (
    <Prefetched
      load={async (ask) => {
        // Reading every row takes its time; the browser waits for it with a word on the page.
        if (view.exact) return;
        const [model, report] = await Promise.all([
          ask(modelAnswer(address.model)),
          ask(driftAnswer(address, driftParams(view))),
        ]);
        const { timeline, series, settled } = axisParams(view, report, dataSpan(model, address.version));
        await Promise.all([
          settled && timeline.reference !== null ? ask(timelineAnswer(address, timeline)) : null,
          settled ? ask(performanceAnswer(address, series)) : null,
          report && report.window.n > 0
            ? ask(performanceAnswer(address, windowMetricParams(view, report.window)))
            : null,
        ]);
      }}
    >
      <DriftView address={address} />
    </Prefetched>
  );
}
