import { queryOptions } from "@tanstack/react-query";
import { recovering } from "@/lib/http/refresh";
import { apiUrl, request } from "@/lib/http/request";
import type { NewView, ViewChange } from "./schema";

const schemas = () => import("./schema");

export const viewsQuery = (experiment: string) =>
  queryOptions({
    queryKey: ["views", experiment],
    queryFn: ({ signal }) =>
      request(async () => (await schemas()).SavedViews, apiUrl(["experiments", experiment, "views"]), {
        signal,
      }),
    staleTime: 15_000,
    ...recovering,
  });

export const saveNewView = (experiment: string, view: NewView) =>
  request(async () => (await schemas()).SavedView, apiUrl(["experiments", experiment, "views"]), {
    method: "POST",
    json: view,
  });

export const saveViewChange = (experiment: string, view: string, change: ViewChange) =>
  request(async () => (await schemas()).SavedView, apiUrl(["experiments", experiment, "views", view]), {
    method: "PATCH",
    json: change,
  });

export const removeView = (experiment: string, view: string) =>
  request(async () => (await schemas()).SavedViews, apiUrl(["experiments", experiment, "views", view]), {
    method: "DELETE",
  });
