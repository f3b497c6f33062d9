import { queryOptions } from "@tanstack/react-query";
import { liveReport } from "@/lib/http/refresh";
import { apiUrl, request } from "@/lib/http/request";
import type { VersionAt } from "@/lib/registry/versions";
import type { Deed } from "./decide";
import type { PolicySave, PromotionAsk, PromotionState, Target } from "./schema";

const schemas = () => import("./schema");
const often = { refetchInterval: liveReport.refetchInterval, staleTime: liveReport.staleTime };

/** Every key of promotions starts with this, so that a decision renews all of them. */
export const PROMOTIONS_KEY = ["promotions"] as const;

export type PromotionFilter = { model?: string; state?: PromotionState };

/** A table sorts and filters what it has been sent, so it is sent as many as one reply holds. */
export const MOST_LISTED = 500;

export const promotionsQuery = (filter: PromotionFilter = {}) =>
  queryOptions({
    queryKey: [...PROMOTIONS_KEY, "list", filter.model ?? null, filter.state ?? null],
    queryFn: ({ signal }) =>
      request(
        async () => (await schemas()).PromotionList,
        apiUrl(["promotions"], { ...filter, limit: MOST_LISTED }),
        {
          signal,
        },
      ),
    ...often,
  });

export const promotionQuery = (id: string) =>
  queryOptions({
    queryKey: [...PROMOTIONS_KEY, "one", id],
    queryFn: ({ signal }) =>
      request(async () => (await schemas()).Promotion, apiUrl(["promotions", id]), { signal }),
    ...often,
  });

export const gatesQuery = ({ model, version }: VersionAt, { kind, name }: Target) =>
  queryOptions({
    queryKey: [...PROMOTIONS_KEY, "gates", model, version, kind, name],
    queryFn: ({ signal }) =>
      request(
        async () => (await schemas()).GateCheck,
        apiUrl(["models", model, "versions", version, "gates"], { [kind]: name }),
        { signal },
      ),
    staleTime: liveReport.staleTime,
  });

export const policyQuery = (model: string) =>
  queryOptions({
    queryKey: [...PROMOTIONS_KEY, "policy", model],
    queryFn: ({ signal }) =>
      request(async () => (await schemas()).Policy, apiUrl(["models", model, "policy"]), { signal }),
    staleTime: liveReport.staleTime,
  });

export const savePolicy = (model: string, json: PolicySave) =>
  request(async () => (await schemas()).Policy, apiUrl(["models", model, "policy"]), { method: "PUT", json });

export const askPromotion = (json: PromotionAsk) =>
  request(async () => (await schemas()).Promotion, apiUrl(["promotions"]), { method: "POST", json });

export const decidePromotion = (id: string, deed: Deed, words: string) =>
  request(async () => (await schemas()).Promotion, apiUrl(["promotions", id, deed]), {
    method: "POST",
    json: { words },
  });
