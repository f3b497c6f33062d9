import { Card, CardTitle } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy-button";
import type { RunInput } from "@/lib/experiments/run-schema";

/** The data that the run read, each with the digest that says whether it is the same elsewhere. */
export function InputsCard({ inputs }: { inputs: readonly RunInput[] }) {
  return (
    <Card id="inputs" className="scroll-mt-3 target:border-line-strong">
      <CardTitle>Data</CardTitle>
      {inputs.length === 0 ? (
        <p className="text-mute">
          No data set is noted. <code className="text-xs">mlflow.log_input(dataset, context="training")</code>{" "}
          notes one with its digest.
        </p>
      ) : (
        <ul className="flex flex-col gap-2">
          {inputs.map(({ name, digest, context, source_type, source }) => (
            <li key={`${name} ${digest}`}>
              <p className="flex flex-wrap items-center gap-x-2">
                <span className="break-all font-medium">{name}</span>
                {context ? <span className="text-mute">for {context}</span> : null}
                <span className="text-mute">
                  digest <code className="text-ink text-xs">{digest}</code>
                </span>
                <CopyButton tone="ghost" size="sm" text={digest}>
                  Copy
                </CopyButton>
              </p>
              <p className="break-all text-mute text-xs">
                {source_type}: {sourceWords(source)}
              </p>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

/** Clients write JSON such as {"uri": "flights.parquet"}: its values, named where there are several. */
function sourceWords(source: string): string {
  try {
    const parsed: unknown = JSON.parse(source);
    if (typeof parsed === "object" && parsed !== null && !Array.isArray(parsed)) {
      const pairs = Object.entries(parsed);
      const words = pairs.map(([name, value]) => (pairs.length > 1 ? `${name} ${value}` : String(value)));
      return words.join(", ").slice(0, 300);
    }
  } catch {
    // Not JSON: as it is.
  }
  return source.slice(0, 300);
}
