/** Where a dataset lies among the artifacts: by what is in it. */
export const datasetPath = (sha256: string) => `datasets/${sha256.slice(0, 2)}/${sha256}`;
