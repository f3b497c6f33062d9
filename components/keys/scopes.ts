import type { Scope } from "@/lib/keys/schema";

export const SCOPES: Record<Scope, { does: string; for: string }> = {
  ingest: { does: "logs predictions and labels, reads nothing", for: "a serving system" },
  read: { does: "reads every report and row, changes nothing", for: "a notebook or a dashboard" },
  admin: { does: "does everything: baselines, settings and keys included", for: "a deployment script" },
};
