import { Ago } from "@/components/ui/ago";
import { Button } from "@/components/ui/button";
import { Card, CardTitle } from "@/components/ui/card";
import type { CardReply } from "@/lib/cards/schema";
import type { VersionAddress } from "@/lib/models/address";
import { actorWords } from "@/lib/registry/change-words";

/** Who saved the card when; each former one is still there to be read. */
export function CardRevisions({
  address,
  reply,
  onChoose,
}: {
  address: VersionAddress;
  reply: CardReply;
  /** null for the latest. */
  onChoose: (revision: number | null) => void;
}) {
  return (
    <Card aria-label="Revisions" className="print:hidden">
      <CardTitle>Revisions</CardTitle>
      {reply.revisions.length === 0 ? (
        <p className="text-mute">
          None yet. Each save of the card of version {address.version} is kept here, with who saved it and
          when.
        </p>
      ) : null}
      <ol>
        {reply.revisions.map(({ revision, saved_at, actor, why }) => (
          <li key={revision} className="border-line-soft border-b py-1.5 last:border-0">
            <div className="flex items-center gap-2">
              <Button
                size="sm"
                tone="ghost"
                className="-ml-2"
                aria-current={revision === reply.revision ? "true" : undefined}
                onClick={() => onChoose(revision === reply.latest_revision ? null : revision)}
              >
                Revision {revision}
              </Button>
              {revision === reply.revision ? <span className="text-mute text-xs">shown</span> : null}
              <span className="ml-auto text-mute text-xs">
                <Ago time={saved_at} />
              </span>
            </div>
            <p className="text-mute text-xs">
              {actorWords(actor)}
              {why ? `: ${why}` : ""}
            </p>
          </li>
        ))}
      </ol>
    </Card>
  );
}
