import { useState } from "react";
import { curlPredictions } from "@/components/connect/snippets";
import { Card, CardTitle } from "@/components/ui/card";
import { CodeBlock } from "@/components/ui/code-block";
import { Input } from "@/components/ui/input";
import { Table, Th } from "@/components/ui/table";
import { useOrigin } from "@/components/ui/use-origin";
import { plural } from "@/lib/charts/format";
import type { VersionAddress } from "@/lib/models/address";
import type { VersionSchema } from "@/lib/models/schema";
import { FeatureRow } from "./feature-row";

/** From here on a long schema gets a filter. */
const MANY = 12;

export function FeaturesCard({ address, schema }: { address: VersionAddress; schema: VersionSchema }) {
  const [filter, setFilter] = useState("");
  const url = useOrigin();
  const features = schema.features.filter(({ role }) => role === "feature");
  const segments = schema.features.filter(({ role }) => role === "segment");
  const shown = [...features, ...segments].filter(({ name }) =>
    name.toLowerCase().includes(filter.toLowerCase()),
  );
  const unsure = features.filter(({ state }) => state === "inferred").length;

  if (schema.features.length === 0) {
    return (
      <Card>
        <CardTitle>Features</CardTitle>
        <p className="mb-2 text-mute">
          They are inferred from the first predictions and shown here for correction. To send one:
        </p>
        <CodeBlock label="curl" code={curlPredictions({ url, ...address })} />
      </Card>
    );
  }
  return (
    <Card>
      <CardTitle
        note={
          unsure > 0
            ? `${plural(unsure, "type")} inferred from the data: correct what is wrong, a row that breaks the schema is rejected`
            : "every type is confirmed"
        }
      >
        Features
      </CardTitle>
      {schema.features.length >= MANY ? (
        <Input
          type="search"
          aria-label="Filter the features"
          placeholder="Filter the features"
          value={filter}
          onChange={(event) => setFilter(event.target.value)}
          className="mb-2 w-full sm:w-64"
        />
      ) : null}
      <Table label="Features" className="max-md:block max-md:[&_tbody]:block">
        <thead className="max-md:sr-only">
          <tr>
            <Th>feature</Th>
            <Th>type</Th>
            <Th>monitored</Th>
            <Th>unit</Th>
            <Th className="w-2/5">description</Th>
            <Th title="Smallest change that counts; empty = the version's">floor</Th>
            <Th title="False discovery rate; empty = the version's">alpha</Th>
            <Th>
              <span className="sr-only">Save</span>
            </Th>
          </tr>
        </thead>
        <tbody>
          {shown.map((feature) => (
            <FeatureRow
              key={`${feature.role}/${feature.name}`}
              address={address}
              feature={feature}
              settings={schema.settings}
              hasBaseline={schema.baseline !== null}
            />
          ))}
        </tbody>
      </Table>
      {shown.length === 0 ? <p className="py-2 text-mute">No feature has “{filter}” in its name.</p> : null}
      <p className="mt-2 text-mute text-xs">
        Floor: the smallest distance (D for numbers, total variation for categories) that counts as drift.
        Alpha: the false discovery rate. Left empty, the version’s own hold.
        {segments.length > 0 ? " Segment keys are logged beside the features to cut reports by." : ""}
      </p>
    </Card>
  );
}
