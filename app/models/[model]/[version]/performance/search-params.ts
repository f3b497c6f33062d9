import { reportSearchParams } from "../report-search-params";

/** Window, segment and bucket, as on the drift page. */
export const performanceSearchParams = reportSearchParams;
