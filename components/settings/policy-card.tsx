"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { buttonStyle } from "@/components/ui/button";
import { Card, CardTitle } from "@/components/ui/card";
import { plural } from "@/lib/charts/format";
import { policyHref, targetWords } from "@/lib/promotions/address";
import { policyQuery } from "@/lib/promotions/query";

/** What protects the model's stages and aliases, in short; it is edited on a page of its own. */
export function PolicyCard({ model }: { model: string }) {
  const { data } = useQuery(policyQuery(model));
  return (
    <Card aria-label="Promotion policy">
      <CardTitle note="of the whole model">Promotion policy</CardTitle>
      {data && data.targets.length === 0 ? (
        <p className="mb-2 text-mute">
          No stage and no alias is protected: versions are moved without gates or approval.
        </p>
      ) : null}
      <ul className="mb-2">
        {data?.targets.map((target) => (
          <li key={`${target.kind} ${target.name}`}>
            {targetWords(target)}: {plural(target.gates.length, "gate")},{" "}
            {plural(target.approvals, "approval")}
          </li>
        ))}
      </ul>
      <Link href={policyHref(model)} prefetch={false} className={buttonStyle({ size: "sm" })}>
        {data && data.targets.length === 0 ? "Protect a stage or alias" : "Change the policy"}
      </Link>
    </Card>
  );
}
