"use client";

import { useQueryStates } from "nuqs";
import { ModelsPanel } from "@/components/models/models-panel";
import { FIRST_DIRECTION } from "@/lib/models/order";
import { modelsSearchParams } from "./search-params";

/** Keeps the filter and the order of the models page in the URL. */
export function ModelsView() {
  const [{ q, stage, sort, order }, setView] = useQueryStates(modelsSearchParams);
  return (
    <ModelsPanel
      view={{ text: q, stage, sort, direction: order ?? FIRST_DIRECTION[sort] }}
      onChange={(change) =>
        setView({
          ...("text" in change ? { q: change.text || null } : {}),
          ...("stage" in change ? { stage: change.stage ?? null } : {}),
          ...("sort" in change ? { sort: change.sort ?? null, order: null } : {}),
          ...("direction" in change ? { order: change.direction ?? null } : {}),
        })
      }
    />
  );
}
