/** Where a version stands, from its first row to its rest. */
export const STAGES = ["None", "Staging", "Production", "Archived"] as const;
