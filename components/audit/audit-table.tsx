import Link from "next/link";
import { Ago } from "@/components/ui/ago";
import { Table, Td, Th } from "@/components/ui/table";
import { changedLeaves } from "@/lib/audit/changes";
import type { AuditEvent } from "@/lib/audit/schema";
import { formatTime, formatValue } from "@/lib/charts/format";
import { versionHref } from "@/lib/models/address";
import { actorWords } from "@/lib/registry/change-words";
import { ACTION_WORDS } from "./actions";

const MOST_CHANGES = 6;

export function AuditTable({ events }: { events: readonly AuditEvent[] }) {
  return (
    <div className="rounded-lg border border-line bg-card px-2 pb-1">
      {/* On a narrow screen a row becomes a block: the values that changed need the width. */}
      <Table label="Audit log" role="table" className="max-md:block">
        <thead className="max-md:sr-only">
          <tr>
            <Th>when</Th>
            <Th>who</Th>
            <Th>did</Th>
            <Th>of</Th>
            <Th>from what to what</Th>
          </tr>
        </thead>
        <tbody className="max-md:block">
          {events.map((event) => (
            <tr
              key={event.id}
              className="last:*:border-0 max-md:block max-md:border-line-soft max-md:border-b max-md:py-2 max-md:last:border-0 max-md:*:block max-md:*:border-0 max-md:*:py-0.5"
            >
              <Td role="cell" className="whitespace-nowrap">
                <Ago time={event.at} />
                <span className="block text-mute text-xs">{formatTime(event.at)}</span>
              </Td>
              <Td role="cell" className="max-w-52 break-words max-md:max-w-none">
                {actorWords(event.actor)}
              </Td>
              <Td role="cell" className="whitespace-nowrap font-medium">
                {ACTION_WORDS[event.action] ?? event.action}
                <span className="block font-normal text-mute text-xs">{event.action}</span>
              </Td>
              <Td role="cell" className="max-w-56 min-w-28 break-words max-md:max-w-none">
                <Subject subject={event.subject} />
              </Td>
              <Td role="cell" className="min-w-64 break-words max-md:min-w-0">
                <Changes event={event} />
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
    </div>
  );
}

/** "version:flight-delay/2" leads to that version's settings, where it was changed. */
function Subject({ subject }: { subject: string }) {
  const [, model, version] = /^version:([^/]+)\/(.+)$/.exec(subject) ?? [];
  if (model === undefined || version === undefined)
    return subject.replace(/^person:/, "").replace(/^(model|key):/, "$1 ");
  return (
    <Link href={versionHref({ model, version }, "settings")} className="link">
      {model} version {version}
    </Link>
  );
}

function Changes({ event }: { event: AuditEvent }) {
  const changes = changedLeaves(event.before, event.after);
  if (changes.length === 0) return <span className="text-mute">–</span>;
  const first = changes.slice(0, MOST_CHANGES);
  const rest = changes.slice(MOST_CHANGES);
  return (
    <>
      <ChangeList changes={first} />
      {rest.length > 0 ? (
        <details>
          <summary className="w-fit text-mute text-xs hover:text-ink">{rest.length} more</summary>
          <ChangeList changes={rest} />
        </details>
      ) : null}
    </>
  );
}

function ChangeList({ changes }: { changes: ReturnType<typeof changedLeaves> }) {
  return (
    <ul>
      {changes.map(({ path, before, after }) => (
        <li key={path} className="break-words">
          {path ? <span className="text-mute">{path}: </span> : null}
          {before === null ? null : (
            <>
              <del className="text-mute">{valueWords(before)}</del>
              <span aria-hidden="true" className="text-mute">
                {" → "}
              </span>
            </>
          )}
          <ins className="no-underline">{valueWords(after)}</ins>
        </li>
      ))}
    </ul>
  );
}

function valueWords(value: unknown): string {
  if (value === null) return "nothing";
  return typeof value === "number" ? formatValue(value, 6) : String(value);
}
