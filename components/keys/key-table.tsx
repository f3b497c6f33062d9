import { Ago } from "@/components/ui/ago";
import { Badge } from "@/components/ui/badge";
import { Table, Td, Th } from "@/components/ui/table";
import { formatTime } from "@/lib/charts/format";
import type { ApiKey } from "@/lib/keys/schema";
import { RevokeKeyDialog } from "./revoke-key-dialog";

/** Keys in use first, the latest made on top. */
export function KeyTable({ keys }: { keys: readonly ApiKey[] }) {
  const sorted = [...keys].sort(
    (a, b) =>
      Number(a.revoked_at !== null) - Number(b.revoked_at !== null) ||
      b.created_at.localeCompare(a.created_at),
  );
  return (
    <div className="rounded-lg border border-line bg-card px-2 pb-1">
      <Table label="API keys">
        <thead>
          <tr>
            <Th>name</Th>
            <Th>begins with</Th>
            <Th>may</Th>
            <Th>whose</Th>
            <Th>made</Th>
            <Th>lapses</Th>
            <Th>used last</Th>
            <Th>
              <span className="sr-only">Revoke</span>
            </Th>
          </tr>
        </thead>
        <tbody>
          {sorted.map((key) => (
            <tr key={key.id} className="last:*:border-0">
              <Td className="min-w-32 align-middle">
                <span className={key.revoked_at ? "text-mute line-through" : "font-medium"}>{key.name}</span>
              </Td>
              <Td className="align-middle font-mono text-xs">{key.prefix}…</Td>
              <Td className="align-middle">
                <span className="flex gap-1">
                  {key.scopes.map((scope) => (
                    <Badge key={scope} tone={scope === "admin" ? "medium" : "quiet"}>
                      {scope}
                    </Badge>
                  ))}
                </span>
              </Td>
              <Td className="max-w-48 break-words align-middle">
                {key.person ?? <span className="text-mute">a service</span>}
              </Td>
              <Td className="whitespace-nowrap align-middle">
                <Ago time={key.created_at} />
              </Td>
              <Td className="whitespace-nowrap align-middle">
                {key.expires_at ? formatTime(key.expires_at) : <span className="text-mute">never</span>}
              </Td>
              <Td className="whitespace-nowrap align-middle">
                {key.last_used_at ? (
                  <Ago time={key.last_used_at} />
                ) : (
                  <span className="text-mute">never</span>
                )}
              </Td>
              <Td className="whitespace-nowrap text-right align-middle">
                {key.revoked_at ? (
                  <span className="text-mute" title={formatTime(key.revoked_at)}>
                    revoked <Ago time={key.revoked_at} />
                  </span>
                ) : (
                  <RevokeKeyDialog apiKey={key} />
                )}
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
    </div>
  );
}
