import Link from "next/link";
import type { ReactNode } from "react";
import { Ago } from "@/components/ui/ago";
import { Card, CardTitle } from "@/components/ui/card";
import { formatCount, formatTime, formatWindow, plural } from "@/lib/charts/format";
import { type VersionAddress, versionHref } from "@/lib/models/address";
import type { VersionSummary } from "@/lib/models/schema";

/** What has happened to this version so far. */
export function ActivityCard({ address, summary }: { address: VersionAddress; summary: VersionSummary }) {
  const { baseline } = summary;
  return (
    <Card className="mt-3.5" aria-label="Activity and baseline">
      <CardTitle>Activity and baseline</CardTitle>
      <dl className="grid gap-x-8 gap-y-2 sm:grid-cols-2 lg:grid-cols-3">
        <Fact name="Last row">
          {summary.last_received_at ? (
            <>
              arrived <Ago time={summary.last_received_at} />
              {summary.last_prediction_at ? (
                <Note>predicted {formatTime(summary.last_prediction_at)}</Note>
              ) : null}
            </>
          ) : (
            "none yet"
          )}
        </Fact>
        <Fact name="All together">
          {plural(summary.predictions, "prediction")}
          <Note>
            {formatCount(summary.labelled)} labelled, {formatCount(summary.errors)} failed
            {summary.first_prediction_at ? `, since ${formatTime(summary.first_prediction_at)}` : ""}
          </Note>
        </Fact>
        <Fact name="Baseline">
          {baseline ? (
            <>
              {baseline.window ? formatWindow(baseline.window) : (baseline.file_name ?? "a file")},{" "}
              {plural(baseline.rows, "row")}
              <Note>
                {baseline.labelled > 0 ? `${formatCount(baseline.labelled)} labelled` : "no labels"}, set{" "}
                <Ago time={baseline.created_at} />.{" "}
                <Link href={versionHref(address, "settings")} className="link">
                  Replace it
                </Link>
              </Note>
            </>
          ) : (
            "none: drift has nothing to be measured against"
          )}
        </Fact>
        <Fact name="Features">
          {summary.features > 0 ? plural(summary.features, "feature") : "not known before the first row"}
          {summary.features > 0 ? (
            <Note>
              <Link href={versionHref(address, "settings")} className="link">
                Types, units and thresholds
              </Link>
            </Note>
          ) : null}
        </Fact>
        <Fact name="Version">
          seen first <Ago time={summary.created_at} />
          <Note>{formatTime(summary.created_at)}</Note>
        </Fact>
      </dl>
    </Card>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-mute text-xs">{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

const Note = ({ children }: { children: ReactNode }) => (
  <span className="block text-mute text-xs">{children}</span>
);
