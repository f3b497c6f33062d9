import { useMutation, useQueryClient } from "@tanstack/react-query";
import { announce } from "@/components/ui/announce";
import { describeError } from "@/lib/http/request";
import type { VersionAddress } from "@/lib/models/address";
import { patchSchema, schemaQuery, versionKey } from "@/lib/models/query";
import type { VersionSchemaPatch } from "@/lib/models/schema";

/** Saves a correction, says that it did, and renews every report that depends on it. */
export function usePatchSchema(address: VersionAddress) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ patch }: { patch: VersionSchemaPatch; said: string }) => patchSchema(address, patch),
    onSuccess: (schema, { said }) => {
      client.setQueryData(schemaQuery(address).queryKey, schema);
      announce("success", said);
      return Promise.all([
        client.invalidateQueries({ queryKey: versionKey(address) }),
        client.invalidateQueries({ queryKey: ["models"] }),
      ]);
    },
    onError: (error) => announce("error", `Not saved. ${describeError(error)}`),
  });
}
