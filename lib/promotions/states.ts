/** In which a request can be; apart from the schemas, so that a page can offer them without zod. */
export const PROMOTION_STATES = ["open", "promoted", "refused", "withdrawn", "lapsed"] as const;

/** The stages that serve, and therefore can be protected. */
export const PROTECTED_STAGES = ["Staging", "Production"] as const;
