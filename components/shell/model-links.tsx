"use client";

import { useQuery } from "@tanstack/react-query";
import { modelHref } from "@/lib/models/address";
import { modelsQuery } from "@/lib/models/query";
import { NavLink } from "./nav-link";

/** The models, each with a mark where a version in use has drifted. */
export function ModelLinks({ onNavigate }: { onNavigate?: (() => void) | undefined }) {
  const { data } = useQuery(modelsQuery());
  if (!data || data.models.length === 0) return null;
  return (
    <>
      {data.models.map(({ model, versions }) => {
        const drifted = versions.some(
          ({ stage, health }) => stage !== "Archived" && health?.drift_detected === true,
        );
        return (
          <NavLink key={model} href={modelHref(model)} onNavigate={onNavigate}>
            <span className="flex items-baseline gap-1.5 pl-2.5">
              <span className="truncate" title={model}>
                {model}
              </span>
              {drifted ? <span className="ml-auto font-normal text-2xs text-warn">drift</span> : null}
            </span>
          </NavLink>
        );
      })}
    </>
  );
}
