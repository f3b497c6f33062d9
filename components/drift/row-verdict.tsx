import { Badge } from "@/components/ui/badge";
import { rowVerdict } from "@/lib/drift/ranking";
import type { FeatureDrift } from "@/lib/drift/schema";

/** How severe, or which of the two conditions failed, in a word; and why, where nothing could be computed. */
export function RowVerdict({ feature }: { feature: FeatureDrift }) {
  const { text, tone } = rowVerdict(feature);
  return (
    <>
      <Badge tone={tone}>{text}</Badge>
      {feature.reason ? (
        <span className="mt-0.5 block max-w-44 text-2xs text-mute">{feature.reason}</span>
      ) : null}
    </>
  );
}
