/** unconfirmed: nobody has repeated it. failed: the server could not repeat it, which says nothing about the numbers. */
export const EVALUATION_STATES = ["unconfirmed", "confirmed", "contradicted", "failed"] as const;
