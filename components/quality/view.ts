import type { Bucket } from "@/lib/wire";

/** What the page looks at; all of it is in the URL. */
export type QualityView = { from: string | null; to: string | null; bucket: Bucket };
