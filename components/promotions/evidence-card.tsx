import Link from "next/link";
import { Badge, type BadgeTone } from "@/components/ui/badge";
import { buttonStyle } from "@/components/ui/button";
import { Card, CardTitle } from "@/components/ui/card";
import { formatCount, formatTime } from "@/lib/charts/format";
import { evidenceHref } from "@/lib/promotions/address";
import type { Promotion } from "@/lib/promotions/schema";
import { actorWords } from "@/lib/registry/change-words";

const TONES: Record<string, BadgeTone> = { confirmed: "good", contradicted: "high", failed: "medium" };

/** The evaluations that the gates rest on, as they were when it was asked for, and the way to repeat each oneself. */
export function EvidenceCard({ promotion: { model, snapshot, snapshot_sha256 } }: { promotion: Promotion }) {
  const { evidence, card, files_sha256 } = snapshot;
  return (
    <Card aria-label="Evidence">
      <CardTitle note="frozen when it was asked for; the request lapses when it changes">Evidence</CardTitle>
      {evidence.length === 0 ? (
        <p className="text-mute">
          No gate rests on an evaluation. A gate on a metric of confirmed evidence, or against the champion,
          would ask for one.
        </p>
      ) : null}
      <ul className="flex flex-col gap-2">
        {evidence.map((each) => (
          <li key={each.evaluation_id} className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <Badge tone={TONES[each.state] ?? "quiet"}>{each.state}</Badge>
            <span className="min-w-0 flex-1 basis-60 break-words">
              version {each.version} on {formatCount(each.n)} rows of dataset{" "}
              <code className="text-xs">{each.dataset.slice(0, 12)}</code>
              <span className="block text-mute text-xs">
                by {actorWords(each.created_by)}, {formatTime(each.created_at)}, {each.backend}
                {each.belongs === null ? "; the version has no files here to compare the model with" : ""}
              </span>
            </span>
            <Link
              href={evidenceHref(model, each.version, each.evaluation_id)}
              prefetch={false}
              className={buttonStyle({ size: "sm" })}
            >
              Repeat in my browser
            </Link>
          </li>
        ))}
      </ul>
      <dl className="mt-2 grid grid-cols-[auto_1fr] gap-x-3 text-mute text-xs">
        <dt>snapshot</dt>
        <dd className="break-all">{snapshot_sha256}</dd>
        {card ? (
          <>
            <dt>card, revision {card.revision}</dt>
            <dd className="break-all">{card.yaml_sha256}</dd>
          </>
        ) : null}
        {files_sha256 ? (
          <>
            <dt>files</dt>
            <dd className="break-all">{files_sha256}</dd>
          </>
        ) : null}
      </dl>
    </Card>
  );
}
