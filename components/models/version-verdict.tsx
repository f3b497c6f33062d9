import Link from "next/link";
import { useNow } from "@/components/ui/use-now";
import { type VersionAddress, versionHref } from "@/lib/models/address";
import type { VersionSummary } from "@/lib/models/schema";
import { verdictBasis, versionVerdict } from "@/lib/models/verdict";

export function VersionVerdict({ address, summary }: { address: VersionAddress; summary: VersionSummary }) {
  const now = useNow();
  const basis = verdictBasis(summary, now);
  return (
    <>
      <p className="verdict mb-1">
        {versionVerdict(summary).map((phrase) =>
          typeof phrase === "string" ? (
            phrase
          ) : (
            <em key={phrase.feature}>
              <Link href={versionHref(address, "drift", { feature: phrase.feature })}>{phrase.feature}</Link>
            </em>
          ),
        )}
      </p>
      {basis.length > 0 ? <p className="mb-3 text-mute">{basis.join(" · ")}</p> : null}
    </>
  );
}
