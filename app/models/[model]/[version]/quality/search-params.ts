import { reportSearchParams } from "../report-search-params";

const { from, to, bucket } = reportSearchParams;

/** Window and bucket, as on the other pages of a version. */
export const qualitySearchParams = { from, to, bucket };
