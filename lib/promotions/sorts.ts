/** What a table of promotions can be sorted by. Apart, since the address is read where no table is drawn. */
export const PROMOTION_SORTS = ["state", "promotion", "gates", "approvals", "asked", "decided"] as const;
export type PromotionSort = (typeof PROMOTION_SORTS)[number];
