import { useMutation, useQueryClient } from "@tanstack/react-query";
import { registryKey } from "@/lib/registry/query";

/** A change of a model's registry, after which everything that shows it is asked for anew. */
export function useRegistryChange<Change>(
  model: string,
  send: (change: Change) => Promise<unknown>,
  onDone: () => void,
) {
  const client = useQueryClient();
  const renew = () =>
    Promise.all([
      client.invalidateQueries({ queryKey: registryKey(model) }),
      client.invalidateQueries({ queryKey: ["models"] }),
    ]);
  return useMutation({
    mutationFn: send,
    onSuccess: () => {
      onDone();
      return renew();
    },
    // What was refused as stale is shown as it is now.
    onError: renew,
  });
}
