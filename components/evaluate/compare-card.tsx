import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Card, CardTitle } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/input";
import type { VersionAddress } from "@/lib/models/address";
import { versionsQuery } from "@/lib/registry/query";
import { Progress, StepFailure } from "./step-state";
import type { Doing } from "./use-evaluation";

/** Another version on the same rows, tested in pairs: the one in Production unless another is chosen. */
export function CompareCard({
  address,
  against,
  doing,
  failure,
  onCompare,
}: {
  address: VersionAddress;
  against: string | null;
  doing: Doing | null;
  failure: { step: Doing["what"]; words: string } | null;
  onCompare: (version: string) => void;
}) {
  const { data } = useQuery(versionsQuery(address.model));
  const [chosen, setChosen] = useState<string | null>(null);
  const others = (data?.versions ?? []).filter(({ version }) => version !== address.version);
  const version =
    chosen ??
    against ??
    others.find(({ stage }) => stage === "Production")?.version ??
    others[0]?.version ??
    "";
  if (others.length === 0) return null;
  return (
    <Card aria-label="Comparison">
      <CardTitle note="the same rows, tested in pairs">Against another version</CardTitle>
      <div className="flex flex-wrap items-end gap-2">
        <Field label="Version">
          {(wiring) => (
            <Select {...wiring} value={version} onChange={(event) => setChosen(event.target.value)}>
              {others.map(({ version: name, stage }) => (
                <option key={name} value={name}>
                  {name}
                  {stage === "None" ? "" : ` (${stage})`}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Button disabled={doing !== null || version === ""} onClick={() => onCompare(version)}>
          Compare
        </Button>
      </div>
      <Progress doing={doing} of="comparing" label={`Comparing with version ${version}`} />
      <StepFailure failure={failure} of={["comparing"]} what="The comparison failed" />
    </Card>
  );
}
