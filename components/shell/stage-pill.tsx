"use client";

import { useQuery } from "@tanstack/react-query";
import { StageBadge } from "@/components/models/stage-badge";
import type { VersionAddress } from "@/lib/models/address";
import { modelQuery } from "@/lib/models/query";

export function StagePill({ model, version }: VersionAddress) {
  const { data } = useQuery(modelQuery(model));
  const summary = data?.versions.find((each) => each.version === version);
  return summary ? <StageBadge stage={summary.stage} /> : null;
}
