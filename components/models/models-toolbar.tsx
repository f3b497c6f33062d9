import { Input, Select } from "@/components/ui/input";
import { SORTS, type Sort } from "@/lib/models/order";
import { STAGES } from "@/lib/models/stages";
import type { ModelsViewState } from "./models-panel";

const SORT_TITLE: Record<Sort, string> = {
  attention: "what wants a look first",
  name: "name",
  volume: "volume",
  drift: "drifted features",
  metric: "metric against baseline",
  labels: "label coverage",
  freshness: "longest silent first",
};

export function ModelsToolbar({
  view,
  onChange,
  shown,
  of,
}: {
  view: ModelsViewState;
  onChange: (change: Partial<ModelsViewState>) => void;
  shown: number;
  of: number;
}) {
  return (
    <search className="mb-3 flex flex-wrap items-center gap-2">
      <Input
        type="search"
        aria-label="Filter by model, version or drifted feature"
        placeholder="Filter by model, version, feature"
        value={view.text}
        onChange={(event) => onChange({ text: event.target.value })}
        className="w-full sm:w-64"
      />
      <Select
        aria-label="Stage"
        value={view.stage ?? ""}
        onChange={(event) =>
          onChange({ stage: STAGES.find((stage) => stage === event.target.value) ?? null })
        }
      >
        <option value="">every stage</option>
        {STAGES.map((stage) => (
          <option key={stage} value={stage}>
            {stage === "None" ? "no stage" : stage}
          </option>
        ))}
      </Select>
      {/* The wide table sorts by its headers. */}
      <Select
        aria-label="Order"
        value={view.sort}
        onChange={(event) => onChange({ sort: event.target.value as Sort })}
        className="min-[1180px]:hidden"
      >
        {SORTS.map((sort) => (
          <option key={sort} value={sort}>
            by {SORT_TITLE[sort]}
          </option>
        ))}
      </Select>
      <output className="text-mute text-xs">
        {shown === of ? `${of} ${of === 1 ? "version" : "versions"}` : `${shown} of ${of} versions`}
      </output>
    </search>
  );
}
