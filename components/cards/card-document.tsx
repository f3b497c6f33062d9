import type { ReactNode } from "react";
import { Badge } from "@/components/ui/badge";
import { Table, Td, Th } from "@/components/ui/table";
import { cardGates } from "@/lib/cards/gates";
import type { ModelCard } from "@/lib/cards/schema";
import { formatMetric, formatValue } from "@/lib/charts/format";
import { CardText } from "./card-text";

/** A model card as it is read, on screen and on paper. */
export function CardDocument({ card }: { card: ModelCard }) {
  const { model_details: details, intended_use: use, training_data: data } = card;
  return (
    <article
      aria-label="Model card"
      className="min-w-0 break-words rounded-lg border border-line bg-card px-5 py-4 print:border-0 print:p-0"
    >
      <h2 className="font-semibold text-verdict">
        <CardText>{details.name}</CardText>, version <CardText>{details.version}</CardText>
      </h2>
      <dl className="mt-2 grid gap-x-8 gap-y-1 sm:grid-cols-3">
        <Fact name="Date">{details.date}</Fact>
        <Fact name="Owners">{details.owners.length > 0 ? details.owners.join(", ") : null}</Fact>
        <Fact name="License">{details.license}</Fact>
      </dl>
      <Section title="Intended use">
        <div className="grid gap-x-8 gap-y-2 sm:grid-cols-2">
          <Items title="Primary uses" items={use.primary_uses} />
          <Items title="Out of scope" items={use.out_of_scope} />
        </div>
      </Section>
      <Section title="Training data">
        <dl className="grid gap-x-8 gap-y-1 sm:grid-cols-3">
          <Fact name="Source">{data.source}</Fact>
          <Fact name="Date range">{data.date_range}</Fact>
          <Fact name="Size">{data.size}</Fact>
        </dl>
        <Items title="Preprocessing" items={data.preprocessing} />
      </Section>
      <Section title="Metrics">
        {card.metrics.length === 0 ? <NotSaid /> : <MetricTable metrics={card.metrics} />}
      </Section>
      <Section title="Ethical considerations">
        <Items items={card.ethical_considerations} />
      </Section>
      <Section title="Monitoring">
        <Items items={card.monitoring} />
      </Section>
    </article>
  );
}

function MetricTable({ metrics }: { metrics: ModelCard["metrics"] }) {
  const gates = new Map(cardGates(metrics).map((gate) => [gate.metric, gate]));
  return (
    <Table label="Metrics of the card" className="max-w-2xl">
      <thead>
        <tr>
          <Th>metric</Th>
          <Th numeric>value</Th>
          <Th numeric>threshold</Th>
          <Th className="pl-5">reached</Th>
        </tr>
      </thead>
      <tbody>
        {metrics.map(({ name, value }, place) => {
          const gate = gates.get(name);
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a card may name a metric twice
            <tr key={place} className="last:*:border-0">
              <Td className="min-w-32 break-words">{name}</Td>
              <Td numeric>{formatMetric(value)}</Td>
              <Td numeric>{gate ? `${gate.bound} ${formatValue(gate.threshold)}` : "–"}</Td>
              <Td className="pl-5">
                {gate?.passed == null ? (
                  <span className="text-mute">{gate ? "no value yet" : "no threshold"}</span>
                ) : (
                  <Badge tone={gate.passed ? "good" : "high"}>{gate.passed ? "reached" : "missed"}</Badge>
                )}
              </Td>
            </tr>
          );
        })}
      </tbody>
    </Table>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="mt-4 break-inside-avoid border-line-soft border-t pt-3">
      <h3 className="mb-1.5 font-semibold">{title}</h3>
      {children}
    </section>
  );
}

function Items({ title, items }: { title?: string; items: readonly string[] }) {
  return (
    <div className="mt-1.5 min-w-0">
      {title ? <h4 className="text-mute text-xs">{title}</h4> : null}
      {items.length === 0 ? <NotSaid /> : null}
      <ul className="max-w-3xl list-disc pl-4.5">
        {items.map((item, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a list of a card may hold a text twice
          <li key={place} className="whitespace-pre-wrap">
            <CardText>{item}</CardText>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Fact({ name, children }: { name: string; children: string | null }) {
  return (
    <div className="min-w-0">
      <dt className="text-mute text-xs">{name}</dt>
      <dd>{children === null ? <NotSaid /> : <CardText>{children}</CardText>}</dd>
    </div>
  );
}

const NotSaid = () => <span className="text-mute">not said</span>;
