import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Card, CardTitle } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/input";
import { listWords } from "@/lib/charts/format";
import type { VersionAddress } from "@/lib/models/address";
import type { VersionSchema } from "@/lib/models/schema";
import { usePatchSchema } from "./use-patch-schema";

/** What the model predicts, and which class its scores speak of. */
export function TargetCard({ address, schema }: { address: VersionAddress; schema: VersionSchema }) {
  const [chosen, setChosen] = useState<string | null>(null);
  const patch = usePatchSchema(address);
  const { task, classes, positive_class } = schema;
  const value = chosen ?? positive_class ?? "";

  return (
    <Card>
      <CardTitle>What it predicts</CardTitle>
      {task === null ? (
        <p className="text-mute">Not known before the first prediction.</p>
      ) : task === "regression" ? (
        <p>A number: regression, scored by RMSE, MAE and R².</p>
      ) : classes.length !== 2 ? (
        <p>
          {classes.length > 2
            ? `One of ${classes.length} classes (${listWords(classes, 6)}): scored by accuracy and macro averages.`
            : `So far only the class ${classes[0] ?? "–"} has been seen. The positive class can be chosen when there are two.`}
        </p>
      ) : (
        <form
          className="flex flex-col items-start gap-3"
          onSubmit={(event) => {
            event.preventDefault();
            patch.mutate(
              { patch: { positive_class: value }, said: `The positive class is ${value}.` },
              { onSuccess: () => setChosen(null) },
            );
          }}
        >
          <Field
            label="Positive class"
            hint="Scores are its probability; precision, recall and AUC are about it."
          >
            {(wiring) => (
              <Select
                {...wiring}
                value={value}
                onChange={(event) => setChosen(event.target.value)}
                className="w-fit"
              >
                {positive_class === null ? <option value="">not chosen</option> : null}
                {classes.map((name) => (
                  <option key={name} value={name}>
                    {name}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <Button
            type="submit"
            tone="primary"
            disabled={value === "" || value === positive_class || patch.isPending}
          >
            {patch.isPending ? "Saving" : "Save"}
          </Button>
        </form>
      )}
    </Card>
  );
}
