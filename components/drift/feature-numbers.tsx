import { formatCount, formatP, formatScore, formatShare, formatValue } from "@/lib/charts/format";
import type { FeatureDrift } from "@/lib/drift/schema";

/** Every number the verdict of a feature rests on, each with the band it would keep to without drift. */
export function FeatureNumbers({ feature, source }: { feature: FeatureDrift; source: "summaries" | "raw" }) {
  const { unit, scoring } = feature;
  const inUnit = (value: number | null) => `${formatValue(value)}${value !== null && unit ? ` ${unit}` : ""}`;
  return (
    <>
      <dl className="grid grid-cols-2 gap-x-5 gap-y-1 text-xs sm:grid-cols-3">
        {feature.method === "chi2" ? (
          <>
            <Fact
              name="total variation"
              value={formatScore(feature.effect)}
              note={chance(feature.effect_band)}
            />
            <Fact name="chi-square" value={formatValue(feature.statistic)} note={null} />
          </>
        ) : (
          <Fact name="D" value={bracket(feature)} note={chance(feature.effect_band)} />
        )}
        <Fact name="q" value={formatP(feature.q_value)} note={`p ${formatP(feature.p_value)}`} />
        <Fact name="PSI" value={formatScore(feature.psi)} note={chance(feature.psi_band)} />
        <Fact name="JS distance" value={formatScore(feature.js_distance)} note={chance(feature.js_band)} />
        <Fact name="KL" value={formatScore(feature.kl_divergence)} note={null} />
        {feature.type === "numerical" ? (
          <>
            <Fact
              name="Wasserstein"
              value={inUnit(feature.wasserstein)}
              note={
                feature.wasserstein_scaled === null
                  ? null
                  : `${formatValue(feature.wasserstein_scaled, 2)} sd`
              }
            />
            <Fact
              name="mean"
              value={`${formatValue(feature.mean_reference)} → ${inUnit(feature.mean_current)}`}
              note={null}
            />
            <Fact
              name="deviation"
              value={`${formatValue(feature.deviation_reference)} → ${inUnit(feature.deviation_current)}`}
              note={null}
            />
          </>
        ) : null}
        <Fact
          name="rows"
          value={`${formatCount(feature.n_reference)} → ${formatCount(feature.n_current)}`}
          note={null}
        />
        <Fact
          name="missing"
          value={`${missingShare(feature.missing_reference, feature.n_reference)} → ${missingShare(feature.missing_current, feature.n_current)}`}
          note={null}
        />
      </dl>
      <p className="mt-2 text-2xs text-mute">
        {feature.method === "chi2"
          ? "Chi-square over the union of categories"
          : "Two-sample Kolmogorov–Smirnov"}{" "}
        {source === "raw" ? "on every raw row" : "from summaries"}, false discoveries held at{" "}
        {formatShare(feature.alpha)}.
        {scoring
          ? ` PSI, JS and KL over ${formatCount(scoring.bins)} bins, log base ${scoring.log_base}, empty cells: ${scoring.fill}.`
          : ""}{" "}
        The bins drawn are the bins scored.
      </p>
    </>
  );
}

function Fact({ name, value, note }: { name: string; value: string; note: string | null }) {
  return (
    <div className="flex min-w-0 items-baseline justify-between gap-2 border-line-soft border-b py-0.5">
      <dt className="text-mute">{name}</dt>
      <dd className="text-right">
        {value}
        {note ? <span className="block whitespace-nowrap text-2xs text-mute">{note}</span> : null}
      </dd>
    </div>
  );
}

const chance = (band: number | null) => (band === null ? null : `chance to ${formatScore(band)}`);

function bracket({ statistic, error_bound }: FeatureDrift): string {
  if (statistic === null) return formatScore(null);
  if (!error_bound) return formatScore(statistic, 4);
  return `${formatScore(statistic, 4)} to ${formatScore(statistic + error_bound, 4)}`;
}

const missingShare = (missing: number, present: number) =>
  formatShare(missing + present > 0 ? missing / (missing + present) : null);
