import type { ReactNode } from "react";
import type { ModelCard } from "@/lib/cards/schema";
import { DraftField } from "./draft-field";
import { MetricFields } from "./metric-fields";
import type { Edit } from "./use-card-draft";

/** The fields of a card. Each writes into the card's text at once. */
export function CardForm({ card, disabled, onEdit }: { card: ModelCard; disabled: boolean; onEdit: Edit }) {
  const { model_details: details, intended_use: use, training_data: data } = card;
  return (
    <fieldset disabled={disabled} className="flex flex-col gap-4">
      <legend className="sr-only">Fields of the card</legend>
      {disabled ? <p className="text-high">The raw text has a fault: mend that first.</p> : null}
      <Group title="Model details">
        <div className="grid gap-3 sm:grid-cols-2">
          <DraftField
            label="Name"
            value={details.name}
            required
            onChange={(to) => onEdit(["model_details", "name"], to)}
          />
          <DraftField
            label="Version"
            value={details.version}
            required
            onChange={(to) => onEdit(["model_details", "version"], to)}
          />
          <DraftField
            label="Date"
            value={details.date}
            type="date"
            onChange={(to) => onEdit(["model_details", "date"], to)}
          />
          <DraftField
            label="License"
            value={details.license}
            onChange={(to) => onEdit(["model_details", "license"], to)}
          />
        </div>
        <DraftField
          label="Owners"
          hint="One a line."
          value={details.owners}
          onChange={(to) => onEdit(["model_details", "owners"], to)}
        />
      </Group>
      <Group title="Intended use">
        <DraftField
          label="Primary uses"
          hint="One a line."
          value={use.primary_uses}
          onChange={(to) => onEdit(["intended_use", "primary_uses"], to)}
        />
        <DraftField
          label="Out of scope"
          hint="One a line."
          value={use.out_of_scope}
          onChange={(to) => onEdit(["intended_use", "out_of_scope"], to)}
        />
      </Group>
      <Group title="Training data">
        <DraftField
          label="Source"
          value={data.source}
          onChange={(to) => onEdit(["training_data", "source"], to)}
        />
        <div className="grid gap-3 sm:grid-cols-2">
          <DraftField
            label="Date range"
            value={data.date_range}
            onChange={(to) => onEdit(["training_data", "date_range"], to)}
          />
          <DraftField
            label="Size"
            value={data.size}
            onChange={(to) => onEdit(["training_data", "size"], to)}
          />
        </div>
        <DraftField
          label="Preprocessing"
          hint="One step a line."
          value={data.preprocessing}
          onChange={(to) => onEdit(["training_data", "preprocessing"], to)}
        />
      </Group>
      <Group title="Metrics">
        <MetricFields metrics={card.metrics} onChange={(to) => onEdit(["metrics"], to)} />
      </Group>
      <Group title="Considerations">
        <DraftField
          label="Ethical considerations"
          hint="One a line."
          value={card.ethical_considerations}
          onChange={(to) => onEdit(["ethical_considerations"], to)}
        />
        <DraftField
          label="Monitoring"
          hint="One a line."
          value={card.monitoring}
          onChange={(to) => onEdit(["monitoring"], to)}
        />
      </Group>
    </fieldset>
  );
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <fieldset className="flex min-w-0 flex-col gap-3 rounded-lg border border-line bg-card px-3.5 pt-1.5 pb-3">
      <legend className="-ml-1 px-1 font-semibold">{title}</legend>
      {children}
    </fieldset>
  );
}
