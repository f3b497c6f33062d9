/** Set by the front on each request for a page (lib/server/front.ts), whatever the client sent under these names. */
export const PATH_HEADER = "x-tidemark-path";
export const NONCE_HEADER = "x-tidemark-nonce";
