export const RUN_TABS = ["overview", "metrics", "system", "files"] as const;
export type RunTab = (typeof RUN_TABS)[number];

export type RunView = { tab: RunTab; file: string | null };
