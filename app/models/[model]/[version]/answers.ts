import { baselineQuery } from "@/lib/baselines/query";
import { reportBaseline } from "@/lib/baselines/report";
import { BaselineReply } from "@/lib/baselines/schema";
import {
  type DriftParams,
  type DriftTimelineParams,
  driftQuery,
  driftTimelineQuery,
} from "@/lib/drift/query";
import { reportDrift } from "@/lib/drift/report";
import { DriftReport, DriftTimeline } from "@/lib/drift/schema";
import { reportTimeline } from "@/lib/drift/timeline";
import type { VersionAddress } from "@/lib/models/address";
import { schemaQuery } from "@/lib/models/query";
import { VersionSchema } from "@/lib/models/schema";
import { type PerformanceParams, performanceQuery } from "@/lib/performance/query";
import { reportPerformance } from "@/lib/performance/report";
import { PerformanceReport } from "@/lib/performance/schema";
import { browsePredictions } from "@/lib/predictions/browse";
import { type PredictionsParams, predictionsQuery } from "@/lib/predictions/query";
import { PredictionPage } from "@/lib/predictions/schema";
import { type QualityParams, qualityQuery } from "@/lib/quality/query";
import { reportQuality } from "@/lib/quality/report";
import { QualityReport } from "@/lib/quality/schema";
import type { Answer } from "@/lib/server/prefetch";
import { describeSchema } from "@/lib/versions/describe";

/* What the pages of a version ask for, answered by the verbs that the API's routes call. */

export const driftAnswer = (address: VersionAddress, params: DriftParams): Answer<DriftReport> => ({
  query: driftQuery(address, params),
  reply: DriftReport,
  verb: ({ db }, signal) =>
    reportDrift(db, { ...address, ...params, exact: params.exact === true }, { signal }),
});

export const timelineAnswer = (
  address: VersionAddress,
  params: DriftTimelineParams,
): Answer<DriftTimeline> => ({
  query: driftTimelineQuery(address, params),
  reply: DriftTimeline,
  verb: ({ db }, signal) => reportTimeline(db, { ...address, ...params }, { signal }),
});

export const performanceAnswer = (
  address: VersionAddress,
  params: PerformanceParams,
): Answer<PerformanceReport> => ({
  query: performanceQuery(address, params),
  reply: PerformanceReport,
  verb: ({ db }) => reportPerformance(db, { ...address, ...params, bucket: params.bucket ?? undefined }),
});

export const qualityAnswer = (address: VersionAddress, params: QualityParams): Answer<QualityReport> => ({
  query: qualityQuery(address, params),
  reply: QualityReport,
  verb: ({ db }) => reportQuality(db, { ...address, ...params, bucket: params.bucket ?? undefined }),
});

export const predictionsAnswer = (
  address: VersionAddress,
  params: PredictionsParams,
): Answer<PredictionPage> => ({
  query: predictionsQuery(address, params),
  reply: PredictionPage,
  verb: ({ db }) =>
    browsePredictions(db, {
      ...address,
      ...params,
      filters: params.filter,
      label: params.label ?? undefined,
      order: params.order ?? undefined,
    }),
});

export const schemaAnswer = (address: VersionAddress): Answer<VersionSchema> => ({
  query: schemaQuery(address),
  reply: VersionSchema,
  verb: ({ db }) => describeSchema(db, address),
});

export const baselineAnswer = (address: VersionAddress): Answer<BaselineReply> => ({
  query: baselineQuery(address),
  reply: BaselineReply,
  verb: ({ db }) => reportBaseline(db, address),
});
