import { Button } from "@/components/ui/button";
import { DialogClose } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input, Textarea } from "@/components/ui/input";
import type { ChangeDraft } from "./change-draft";

type Words = Pick<ChangeDraft, "description" | "owner" | "why">;
type Part = { draft: Words; set: (part: Partial<Words>) => void };

/* What the forms of a model and of a version have in common. */

export function DescriptionField({ draft, set }: Part) {
  return (
    <Field label="Description">
      {(wiring) => (
        <Textarea
          {...wiring}
          rows={4}
          value={draft.description}
          onChange={(event) => set({ description: event.target.value })}
        />
      )}
    </Field>
  );
}

export function OwnerField({ draft, set }: Part) {
  return (
    <Field label="Owner">
      {(wiring) => (
        <Input
          {...wiring}
          value={draft.owner}
          maxLength={250}
          onChange={(event) => set({ owner: event.target.value })}
        />
      )}
    </Field>
  );
}

export function WhyField({ draft, set }: Part) {
  return (
    <Field label="Why">
      {(wiring) => (
        <Input
          {...wiring}
          value={draft.why}
          maxLength={2000}
          placeholder="better on May’s data"
          onChange={(event) => set({ why: event.target.value })}
        />
      )}
    </Field>
  );
}

/** Somebody else was faster: the form begins anew from what is there now. */
export function BeginAnew({ onClick }: { onClick: () => void }) {
  return (
    <Button className="self-start" onClick={onClick}>
      Show it as it is now
    </Button>
  );
}

export function FormButtons({ isPending, disabled }: { isPending: boolean; disabled: boolean }) {
  return (
    <div className="flex gap-2">
      <Button type="submit" tone="primary" disabled={disabled || isPending}>
        {isPending ? "Saving" : "Save the change"}
      </Button>
      <DialogClose asChild>
        <Button>Leave it</Button>
      </DialogClose>
    </div>
  );
}
