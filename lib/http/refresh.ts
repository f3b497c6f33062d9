import { keepPreviousData } from "@tanstack/react-query";

/** How often the page asks again. React Query pauses both while the document is hidden. */
const LIVE_LIST_MS = 5_000;
const REPORT_MS = 10_000;

export const liveList = { refetchInterval: LIVE_LIST_MS, staleTime: LIVE_LIST_MS / 2 } as const;

/** For what does not change by itself: asked again only as long as the last answer was a failure. */
export const recovering = {
  refetchInterval: (query: { state: { status: string } }) =>
    query.state.status === "error" ? LIVE_LIST_MS : false,
} as const;

/** A report keeps the previous one on screen while another window loads. */
export const liveReport = {
  refetchInterval: REPORT_MS,
  staleTime: REPORT_MS / 2,
  placeholderData: keepPreviousData,
} as const;
