import { HistoryQuery, reportHistory } from "@/lib/registry/history";
import { listVersions } from "@/lib/registry/list-versions";
import { historyQuery, versionsQuery } from "@/lib/registry/query";
import { HistoryPage, VersionList } from "@/lib/registry/wire";
import type { Answer } from "@/lib/server/prefetch";

export const versionsAnswer = (model: string): Answer<VersionList> => ({
  query: versionsQuery(model),
  reply: VersionList,
  verb: ({ db }) => listVersions(db, model),
});

export const historyAnswer = (model: string): Answer<HistoryPage> => ({
  query: historyQuery(model),
  reply: HistoryPage,
  verb: ({ db }) => reportHistory(db, { model, ...HistoryQuery.parse({}) }),
});
