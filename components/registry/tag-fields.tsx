import { Plus, X } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import type { ChangeDraft } from "./change-draft";

type Tags = ChangeDraft["tags"];

export function TagFields({ tags, onChange }: { tags: Tags; onChange: (tags: Tags) => void }) {
  const set = (id: number, part: Partial<Tags[number]>) =>
    onChange(tags.map((tag) => (tag.id === id ? { ...tag, ...part } : tag)));
  const nextId = Math.max(-1, ...tags.map(({ id }) => id)) + 1;
  return (
    <fieldset>
      <legend className="mb-1 font-medium text-xs">Tags</legend>
      {tags.map((tag, place) => (
        <div key={tag.id} className="mb-1.5 flex gap-1.5">
          <Input
            aria-label={`Key of tag ${place + 1}`}
            value={tag.key}
            onChange={(event) => set(tag.id, { key: event.target.value })}
            className="w-32 min-w-0 flex-1"
          />
          <Input
            aria-label={`Value of tag ${place + 1}`}
            value={tag.value}
            onChange={(event) => set(tag.id, { value: event.target.value })}
            className="w-32 min-w-0 flex-2"
          />
          <Button
            tone="ghost"
            size="icon"
            aria-label={`Remove tag ${tag.key || place + 1}`}
            onClick={() => onChange(tags.filter(({ id }) => id !== tag.id))}
          >
            <X aria-hidden="true" />
          </Button>
        </div>
      ))}
      <Button size="sm" onClick={() => onChange([...tags, { id: nextId, key: "", value: "" }])}>
        <Plus aria-hidden="true" />
        Add a tag
      </Button>
    </fieldset>
  );
}
