import { useQuery } from "@tanstack/react-query";
import { curlBaselineFile } from "@/components/connect/snippets";
import { loggedWindow } from "@/components/models/logged-window";
import { Ago } from "@/components/ui/ago";
import { Card, CardTitle } from "@/components/ui/card";
import { CodeBlock } from "@/components/ui/code-block";
import { useOrigin } from "@/components/ui/use-origin";
import { baselineQuery } from "@/lib/baselines/query";
import { formatCount, formatDay, formatWindow, plural } from "@/lib/charts/format";
import type { VersionAddress } from "@/lib/models/address";
import { modelQuery } from "@/lib/models/query";
import type { VersionSchema } from "@/lib/models/schema";
import { BaselineForm } from "./baseline-form";

/** What drift is measured against, and how to replace it. */
export function BaselineCard({
  address,
  schema: { baseline },
}: {
  address: VersionAddress;
  schema: VersionSchema;
}) {
  const { data } = useQuery(modelQuery(address.model));
  const summary = data?.versions.find(({ version }) => version === address.version);
  const { data: details } = useQuery({ ...baselineQuery(address), enabled: baseline !== null });
  const url = useOrigin();
  return (
    <Card>
      <CardTitle note="what drift is measured against">Baseline</CardTitle>
      {baseline ? (
        <dl className="mb-3 grid grid-cols-[5rem_minmax(0,1fr)] gap-y-1">
          <dt className="text-mute">From</dt>
          <dd className="min-w-0 break-words">
            {baseline.window
              ? `the window ${formatWindow(baseline.window)}`
              : (baseline.file_name ?? "an uploaded file")}
          </dd>
          <dt className="text-mute">Rows</dt>
          <dd>
            {plural(baseline.rows, "row")},{" "}
            {baseline.labelled > 0 ? `${formatCount(baseline.labelled)} labelled` : "without labels"}
          </dd>
          <dt className="text-mute">Set</dt>
          <dd>
            <Ago time={baseline.created_at} />
          </dd>
          {details?.rebuild_before ? (
            <>
              <dt className="text-mute">Bins</dt>
              <dd role="status">
                days before {formatDay(details.rebuild_before)} are still being counted in its bins
              </dd>
            </>
          ) : null}
        </dl>
      ) : (
        <p className="mb-3">None yet: drift has nothing to be measured against.</p>
      )}
      {/* The form starts with the first and last day of data: it waits for them. */}
      {data ? (
        <BaselineForm
          address={address}
          logged={summary ? loggedWindow(summary) : null}
          replaces={baseline !== null}
        />
      ) : null}
      <details className="mt-3">
        <summary className="w-fit text-mute hover:text-ink">From a shell</summary>
        <CodeBlock label="curl" code={curlBaselineFile({ url, ...address })} className="mt-2" />
      </details>
    </Card>
  );
}
