import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Card, CardTitle } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/input";
import type { VersionAddress } from "@/lib/models/address";
import { versionsQuery } from "@/lib/registry/query";
import { FileDrop } from "./file-drop";
import { Progress, StepFailure } from "./step-state";
import type { Doing, Other } from "./use-evaluation";

/**
 * A second model on the same rows, tested in pairs: the version in Production unless another is chosen, or one whose files
 * are given.
 */
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
  onCompare: (other: Other) => void;
}) {
  const { data } = useQuery(versionsQuery(address.model));
  const [chosen, setChosen] = useState<string | null>(null);
  const [last, setLast] = useState("");
  const others = (data?.versions ?? []).filter(({ version }) => version !== address.version);
  const version =
    chosen ??
    against ??
    others.find(({ stage }) => stage === "Production")?.version ??
    others[0]?.version ??
    "";
  const compare = (other: Other) => {
    setLast("version" in other ? `version ${other.version}` : other.name);
    onCompare(other);
  };
  return (
    <Card aria-label="Comparison">
      <CardTitle note="the same rows, tested in pairs">Against another model</CardTitle>
      <div className="flex flex-wrap items-end gap-x-4 gap-y-2">
        {others.length > 0 ? (
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
            <Button disabled={doing !== null || version === ""} onClick={() => compare({ version })}>
              Compare
            </Button>
          </div>
        ) : null}
        <FileDrop
          multiple
          accept=".json,.bin,.onnx,.zip"
          onFiles={(files) => {
            if (files.length === 0 || doing !== null) return;
            compare({ files, name: files.map(({ path }) => path).join(", ") });
          }}
        >
          {others.length > 0 ? "Or drop" : "Drop"} the files of{" "}
          <strong className="font-semibold">a second model</strong>, which are not kept
        </FileDrop>
      </div>
      <Progress doing={doing} of="comparing" label={`Comparing with ${last}`} />
      <StepFailure failure={failure} of={["comparing"]} what="The comparison failed" />
    </Card>
  );
}
