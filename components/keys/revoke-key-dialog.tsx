"use client";

import { useQueryClient } from "@tanstack/react-query";
import { Ago } from "@/components/ui/ago";
import { announce } from "@/components/ui/announce";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { keysQuery, revokeKey } from "@/lib/keys/query";
import type { ApiKey } from "@/lib/keys/schema";

export function RevokeKeyDialog({ apiKey }: { apiKey: ApiKey }) {
  const client = useQueryClient();
  return (
    <ConfirmDialog
      verb="Revoke"
      name={apiKey.name}
      noun="key"
      description={
        <p>
          Whoever uses {apiKey.prefix}… is refused from now on, and it cannot be undone.{" "}
          {apiKey.last_used_at ? (
            <>
              It was used last <Ago time={apiKey.last_used_at} />.
            </>
          ) : (
            "It has never been used."
          )}
        </p>
      }
      failure="The key was not revoked"
      onConfirm={async () => {
        await revokeKey(apiKey.id);
        announce("success", `“${apiKey.name}” is revoked.`);
        await client.invalidateQueries({ queryKey: keysQuery().queryKey });
      }}
    />
  );
}
