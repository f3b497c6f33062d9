import { formatCount, formatMetric, formatShare, formatWindow, plural } from "@/lib/charts/format";
import type { Shadow } from "./schema";

/** How far two versions disagree on live traffic, in a sentence. */
export function shadowWords(
  shadow: Shadow | null,
  { champion, challenger }: { champion: string; challenger: string },
): string {
  if (shadow === null) return `Version ${challenger} has logged no predictions to compare with.`;
  const { n, challenger_n, window, share_differing, interval, mean_difference } = shadow;
  const of = `of ${plural(challenger_n, "prediction")} of version ${challenger}, ${formatWindow(window)}`;
  if (n === 0)
    return `No id was predicted by both (${of}): log what version ${challenger} predicts beside version ${champion} under the same ids.`;
  const shared = `${plural(n, "id")} that both predicted (${of})`;
  if (share_differing === null)
    return `Version ${challenger} is ${formatMetric(mean_difference)} away from version ${champion} on average, without regard to sign, over ${shared}.`;
  const around = interval ? ` (${formatShare(interval[0])} to ${formatShare(interval[1])})` : "";
  return `Version ${challenger} gives another label than version ${champion} to ${formatShare(share_differing)}${around}, ${formatCount(Math.round(share_differing * n))} of ${shared}.`;
}
