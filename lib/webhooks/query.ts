import { queryOptions } from "@tanstack/react-query";
import type { z } from "zod";
import { liveList } from "@/lib/http/refresh";
import { apiUrl, request } from "@/lib/http/request";
import type { WebhookPatch, WebhookRequest } from "./wire";

const schemas = () => import("./wire");

/** As many as one answer holds. */
export const MOST_WEBHOOKS = 1000;

export const webhooksQuery = () =>
  queryOptions({
    queryKey: ["webhooks"],
    queryFn: ({ signal }) =>
      request(async () => (await schemas()).WebhookList, apiUrl(["webhooks"], { limit: MOST_WEBHOOKS }), {
        signal,
      }),
    ...liveList,
  });

/** One of them, with what it was told lately. */
export const webhookQuery = (id: string) =>
  queryOptions({
    queryKey: ["webhooks", id],
    queryFn: ({ signal }) =>
      request(async () => (await schemas()).WebhookDetail, apiUrl(["webhooks", id]), { signal }),
    ...liveList,
  });

export const createWebhook = (webhook: z.infer<typeof WebhookRequest>) =>
  request(async () => (await schemas()).WebhookRecord, apiUrl(["webhooks"]), {
    method: "POST",
    json: webhook,
  });

export const changeWebhook = ({ id, ...change }: { id: string } & z.infer<typeof WebhookPatch>) =>
  request(async () => (await schemas()).WebhookRecord, apiUrl(["webhooks", id]), {
    method: "PATCH",
    json: change,
  });

export const deleteWebhook = (id: string) =>
  request(async () => (await schemas()).WebhookGone, apiUrl(["webhooks", id]), { method: "DELETE" });

export const testWebhook = (id: string) =>
  request(async () => (await schemas()).WebhookTestResult, apiUrl(["webhooks", id, "test"]), {
    method: "POST",
    json: {},
  });
