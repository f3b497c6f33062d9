import type { ReactNode } from "react";
import { Table, Td, Th } from "@/components/ui/table";

/** What a row of a prediction may carry. */
export const RowFields = () => (
  <Terms
    label="Fields of a prediction"
    heads={["field", "what it is"]}
    rows={[
      ["id", "Yours; joins the label to the prediction. Required."],
      ["timestamp", "When the prediction was made, RFC 3339, such as 2026-03-01T12:00:00Z. Required."],
      ["features", "Name → number, string, true or false, or null for missing."],
      ["prediction", "The class as a string, or the value as a number."],
      ["score", "Probability of the positive class, 0 to 1; or scores, class → probability."],
      ["latency_ms", "How long the model took."],
      ["segment", "What reports can be cut by without being a feature: carrier, region, customer tier."],
      ["error", "Instead of a prediction: why there is none. The row counts as failed."],
    ]}
  />
);

export const AnswerTable = () => (
  <Terms
    label="Fields of the answer"
    heads={["field", "what it says"]}
    rows={[
      ["accepted", "Rows that are new, and kept."],
      ["duplicates", "Rows that were there already. Nothing was counted twice."],
      [
        "rejected",
        "Rows that were not kept: their place in the batch, their id, and why. Mend them and send them again.",
      ],
    ]}
  />
);

export const ErrorTable = () => (
  <Terms
    label="Refusals"
    heads={["status", "what to do"]}
    rows={[
      ["400 bad_request", "The body is not JSON, or not in the shape described. Nothing was kept."],
      ["401 unauthenticated", "No key, or one that is unknown or revoked."],
      ["403 forbidden", "The key lacks the scope that the request needs."],
      ["404 not_found", "No such model or version."],
      ["413 too_large", "Send fewer rows at a time, or NDJSON."],
      ["415 unsupported_media_type", "Set Content-Type to what the body is."],
      ["429 overloaded", "Wait for as long as Retry-After says, then send the same again."],
      ["503 store_unavailable", "The database is out of reach. Send the same again later."],
    ]}
  />
);

function Terms({
  label,
  heads,
  rows,
}: {
  label: string;
  heads: readonly [string, string];
  rows: readonly (readonly [string, ReactNode])[];
}) {
  return (
    <Table label={label}>
      <thead>
        <tr>
          <Th>{heads[0]}</Th>
          <Th>{heads[1]}</Th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([term, meaning]) => (
          <tr key={term}>
            <Td className="whitespace-nowrap pr-4 font-mono text-xs">{term}</Td>
            <Td>{meaning}</Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
