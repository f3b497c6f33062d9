import { useQuery } from "@tanstack/react-query";
import { useId } from "react";
import { Select } from "@/components/ui/input";
import type { VersionAddress } from "@/lib/models/address";
import { modelsQuery } from "@/lib/models/query";

/** Fills the code in for a version that exists already. */
export function TargetSelect({
  target,
  onTarget,
}: {
  target: VersionAddress | null;
  onTarget: (target: VersionAddress | null) => void;
}) {
  const id = useId();
  const { data } = useQuery(modelsQuery());
  const versions = data?.models.flatMap(({ model, versions }) =>
    versions.map(({ version }) => ({ model, version })),
  );
  if (!versions || versions.length === 0) return null;
  const index = versions.findIndex(
    ({ model, version }) => model === target?.model && version === target?.version,
  );
  return (
    <div className="flex flex-wrap items-center gap-2">
      <label htmlFor={id} className="text-mute">
        Fill the code in for
      </label>
      <Select
        id={id}
        value={index}
        onChange={(event) => onTarget(versions[Number(event.target.value)] ?? null)}
        className="max-w-full"
      >
        <option value={-1}>an example</option>
        {versions.map(({ model, version }, position) => (
          <option key={`${model}/${version}`} value={position}>
            {model} version {version}
          </option>
        ))}
      </Select>
    </div>
  );
}
