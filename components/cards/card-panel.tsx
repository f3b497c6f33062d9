"use client";

import { useQuery } from "@tanstack/react-query";
import { Pencil, Printer } from "lucide-react";
import dynamic from "next/dynamic";
import { ForRole } from "@/components/people/for-role";
import { ReportSkeleton } from "@/components/report/report-skeleton";
import { Button, buttonStyle } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";
import { cardExportUrl, cardQuery } from "@/lib/cards/query";
import type { CardReply } from "@/lib/cards/schema";
import type { VersionAddress } from "@/lib/models/address";
import { actorWords } from "@/lib/registry/change-words";
import { CardDocument } from "./card-document";
import { CardRevisions } from "./card-revisions";

export type CardView = { revision: number | null; edit: boolean };

// Reading a card needs neither the YAML library nor the schema.
const CardEditor = dynamic(() => import("./card-editor").then((module) => module.CardEditor), {
  ssr: false,
  loading: () => <ReportSkeleton label="Loading the editor" cards={["h-96"]} />,
});

const FORMATS = [
  { format: "markdown", title: "Markdown" },
  { format: "yaml", title: "YAML" },
  { format: "json", title: "JSON" },
] as const;

/** A version's model card: read, edited, exported, printed. */
export function CardPanel({
  address,
  view,
  onChange,
}: {
  address: VersionAddress;
  view: CardView;
  onChange: (view: Partial<CardView>) => void;
}) {
  const { data, error, refetch } = useQuery(cardQuery(address, view.revision));
  if (!data) {
    if (!error) return <ReportSkeleton label="Loading the model card" cards={["h-96"]} />;
    return <ErrorState what="The model card could not be loaded" error={error} onRetry={refetch} />;
  }
  if (view.edit) {
    return (
      <CardEditor address={address} reply={data} onDone={() => onChange({ edit: false, revision: null })} />
    );
  }
  return (
    <>
      <div className="mb-3 flex flex-wrap items-start gap-x-4 gap-y-2 print:hidden">
        <p className="verdict">{cardVerdict(data)}</p>
        <div className="ml-auto flex flex-wrap gap-1.5 max-sm:ml-0">
          <ForRole least="analyst" model={address.model}>
            <Button tone="primary" onClick={() => onChange({ edit: true })}>
              <Pencil aria-hidden="true" />
              {data.revision === 0 ? "Write the card" : "Edit"}
            </Button>
          </ForRole>
          <Button onClick={() => window.print()}>
            <Printer aria-hidden="true" />
            Print
          </Button>
          {FORMATS.map(({ format, title }) => (
            <a
              key={format}
              href={cardExportUrl(address, format, view.revision)}
              download
              className={buttonStyle()}
            >
              {title}
            </a>
          ))}
        </div>
      </div>
      <div className="grid items-start gap-3.5 xl:grid-cols-[minmax(0,1fr)_18rem] print:block">
        {data.card ? (
          <CardDocument card={data.card} />
        ) : (
          <ErrorState
            what="This card is not in the shape that this program knows"
            error={new Error("Edit it: the editor says on which lines.")}
          />
        )}
        <CardRevisions address={address} reply={data} onChoose={(revision) => onChange({ revision })} />
      </div>
    </>
  );
}

function cardVerdict({ revision, latest_revision, revisions, version }: CardReply): string {
  if (revision === 0)
    return `Nobody has written a card for version ${version} yet. This is what Tidemark knows.`;
  if (revision < latest_revision) return `Revision ${revision}, as it was. The latest is ${latest_revision}.`;
  const [latest] = revisions;
  return `Revision ${revision}, saved by ${latest ? actorWords(latest.actor).replace(", on these pages", "") : "somebody"}.`;
}
