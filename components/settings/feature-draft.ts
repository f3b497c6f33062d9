import type { Feature, FeatureType, VersionSchemaPatch } from "@/lib/models/schema";

/** A row of the schema table while it is edited: what the controls hold. */
export type FeatureDraft = {
  type: FeatureType | "";
  monitored: boolean;
  unit: string;
  description: string;
  effectFloor: string;
  alpha: string;
};

export const draftOf = ({ type, monitored, unit, description, thresholds }: Feature): FeatureDraft => ({
  type: type ?? "",
  monitored,
  unit: unit ?? "",
  description: description ?? "",
  effectFloor: thresholds?.effect_floor?.toString() ?? "",
  alpha: thresholds?.alpha?.toString() ?? "",
});

export function draftProblems({ effectFloor, alpha }: FeatureDraft): {
  effectFloor?: string;
  alpha?: string;
} {
  const floor = Number(effectFloor);
  const rate = Number(alpha);
  return {
    ...(effectFloor.trim() && !(floor >= 0 && floor <= 1) ? { effectFloor: "from 0 to 1" } : {}),
    ...(alpha.trim() && !(rate > 0 && rate < 1) ? { alpha: "above 0, below 1" } : {}),
  };
}

export const isChanged = (draft: FeatureDraft, feature: Feature): boolean => {
  const saved = draftOf(feature);
  return (Object.keys(saved) as (keyof FeatureDraft)[]).some((name) => draft[name] !== saved[name]);
};

/** Only what differs from the saved feature: left out means left as it is. */
export function draftPatch(draft: FeatureDraft, feature: Feature): VersionSchemaPatch {
  const saved = draftOf(feature);
  const thresholdsChanged = draft.effectFloor !== saved.effectFloor || draft.alpha !== saved.alpha;
  const thresholds = {
    ...(draft.effectFloor.trim() ? { effect_floor: Number(draft.effectFloor) } : {}),
    ...(draft.alpha.trim() ? { alpha: Number(draft.alpha) } : {}),
  };
  return {
    features: [
      {
        name: feature.name,
        role: feature.role,
        ...(draft.type && draft.type !== saved.type ? { type: draft.type } : {}),
        ...(draft.monitored !== saved.monitored ? { monitored: draft.monitored } : {}),
        ...(draft.unit !== saved.unit ? { unit: draft.unit.trim() || null } : {}),
        ...(draft.description !== saved.description ? { description: draft.description.trim() || null } : {}),
        ...(thresholdsChanged ? { thresholds: Object.keys(thresholds).length > 0 ? thresholds : null } : {}),
      },
    ],
  };
}
