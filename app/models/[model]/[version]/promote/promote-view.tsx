"use client";

import { useQueryStates } from "nuqs";
import { AskPanel } from "@/components/promotions/ask-panel";
import type { VersionAddress } from "@/lib/models/address";
import { promoteSearchParams } from "./search-params";

export function PromoteView({ address }: { address: VersionAddress }) {
  const [{ stage, alias }, setView] = useQueryStates(promoteSearchParams, { history: "replace" });
  return (
    <AskPanel
      address={address}
      target={alias ? { kind: "alias", name: alias } : stage ? { kind: "stage", name: stage } : null}
      onTarget={({ kind, name }) =>
        setView(kind === "alias" ? { alias: name, stage: null } : { stage: name, alias: null })
      }
    />
  );
}
