import Link from "next/link";
import { Card, CardTitle } from "@/components/ui/card";
import { LineSparkline } from "@/components/ui/sparkline";
import { Table, Td, Th } from "@/components/ui/table";
import { formatCount, formatShare, formatValue, plural } from "@/lib/charts/format";
import { type VersionAddress, versionHref } from "@/lib/models/address";
import type { FeatureQuality, QualityReport } from "@/lib/quality/schema";
import { rankByFindings } from "@/lib/quality/verdict";

/** Every column's data, those with something to look at first; a sound one looks quiet. */
export function QualityTable({ report, address }: { report: QualityReport; address: VersionAddress }) {
  const based = report.features.some((feature) => feature.missing_rate_reference !== null);
  return (
    <Card>
      <CardTitle note={based ? "held against the baseline" : "no baseline to hold them against"}>
        Columns
      </CardTitle>
      <Table label="Data quality per column">
        <thead>
          <tr>
            <Th>column</Th>
            <Th numeric>missing</Th>
            <Th numeric className="max-sm:hidden">
              {based ? "baseline" : null}
              {based ? null : <span className="sr-only">baseline</span>}
            </Th>
            <Th className="w-32 max-md:hidden">over time</Th>
            <Th>values</Th>
            <Th numeric className="max-sm:hidden">
              out of range
            </Th>
            <Th className="w-[34%] max-md:hidden">to look at</Th>
          </tr>
        </thead>
        <tbody>
          {rankByFindings(report.features).map((feature) => (
            <tr key={`${feature.role} ${feature.name}`}>
              <Td className="min-w-28 max-w-56 [overflow-wrap:anywhere]">
                <Name feature={feature} address={address} />
                <span className="md:hidden">
                  <Findings feature={feature} />
                </span>
              </Td>
              <Td numeric className={has(feature, "missing_rate") ? "font-semibold text-warn" : undefined}>
                {formatShare(feature.missing_rate)}
                <span className="block font-normal text-2xs text-mute">{formatCount(feature.missing)}</span>
              </Td>
              <Td numeric className="text-mute max-sm:hidden">
                {formatShare(feature.missing_rate_reference)}
              </Td>
              <Td className="max-md:hidden">
                <MissingOverTime feature={feature} bucket={report.bucket} />
              </Td>
              <Td className="[overflow-wrap:anywhere]">
                <Values feature={feature} />
              </Td>
              <Td
                numeric
                className={
                  has(feature, "out_of_range") ? "font-semibold text-warn max-sm:hidden" : "max-sm:hidden"
                }
              >
                <Outside feature={feature} />
              </Td>
              <Td className="max-md:hidden">
                <Findings feature={feature} />
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
      <p className="mt-2 text-mute text-xs">
        A missing rate is worth a line when it moved certainly (two proportions) and by a percentage point or
        more; a range, when more values leave it than a larger sample brings by itself.
      </p>
    </Card>
  );
}

const has = ({ findings }: FeatureQuality, kind: FeatureQuality["findings"][number]["kind"]) =>
  findings.some((finding) => finding.kind === kind);

function Name({ feature, address }: { feature: FeatureQuality; address: VersionAddress }) {
  const note = feature.role === "segment" ? "segment key" : (feature.type ?? "no value seen yet");
  return (
    <>
      {feature.role === "feature" ? (
        <Link href={versionHref(address, "drift", { feature: feature.name })} className="hover:underline">
          {feature.name}
        </Link>
      ) : (
        feature.name
      )}
      <span className="block text-2xs text-mute">
        {note}
        {feature.unit ? `, ${feature.unit}` : ""}
      </span>
    </>
  );
}

function MissingOverTime({ feature, bucket }: { feature: FeatureQuality; bucket: string }) {
  const known = feature.series.filter((value) => value !== null);
  if (known.length < 2) return null;
  const most = Math.max(...known);
  // A straight line at nothing says nothing.
  if (most === 0) return <span className="text-2xs text-mute">never missing</span>;
  return (
    <LineSparkline
      values={feature.series}
      line={feature.missing_rate_reference}
      label={`Missing rate of ${feature.name} per ${bucket}: between ${formatShare(Math.min(...known))} and ${formatShare(most)}`}
    />
  );
}

function Values({ feature }: { feature: FeatureQuality }) {
  if (feature.n === 0) return <span className="text-mute">none in this window</span>;
  if (feature.type === "numerical") {
    const { min, max, reference_min: low, reference_max: high } = feature;
    return (
      <>
        {formatValue(min)} to {formatValue(max)}
        <span className="block text-2xs text-mute">
          mean {formatValue(feature.mean)}
          {feature.deviation === null ? "" : ` ± ${formatValue(feature.deviation, 3)}`}
          {low === null || high === null ? "" : `; baseline ${formatValue(low)} to ${formatValue(high)}`}
        </span>
      </>
    );
  }
  const shown = feature.top.slice(0, 3);
  return (
    <>
      {plural(feature.categories ?? 0, "category", "categories")}
      <span className="block text-2xs text-mute">
        {shown.map(({ value, n }) => `${value} ${formatShare(n / feature.n)}`).join(", ")}
        {(feature.categories ?? 0) > shown.length ? ", …" : ""}
      </span>
    </>
  );
}

function Outside({ feature: { below, above, n } }: { feature: FeatureQuality }) {
  if (below === null || above === null || n === 0) return <span className="font-normal text-mute">–</span>;
  return (
    <>
      {formatShare((below + above) / n)}
      {below + above > 0 ? (
        <span className="block font-normal text-2xs text-mute">
          {[below > 0 ? `${formatCount(below)} below` : "", above > 0 ? `${formatCount(above)} above` : ""]
            .filter(Boolean)
            .join(", ")}
        </span>
      ) : null}
    </>
  );
}

function Findings({ feature }: { feature: FeatureQuality }) {
  if (feature.findings.length === 0) return null;
  return (
    <ul className="flex flex-col gap-0.5 text-warn text-xs">
      {feature.findings.map(({ kind, message }) => (
        <li key={kind}>{message.charAt(0).toUpperCase() + message.slice(1)}</li>
      ))}
    </ul>
  );
}
