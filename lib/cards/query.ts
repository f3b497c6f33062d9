import { queryOptions } from "@tanstack/react-query";
import { recovering } from "@/lib/http/refresh";
import { apiUrl, request } from "@/lib/http/request";
import type { VersionAddress } from "@/lib/models/address";
import { registryKey } from "@/lib/registry/query";
import type { CardFormat } from "./export";
import type { CardSave } from "./schema";

const schemas = () => import("./schema");

const segments = ({ model, version }: VersionAddress) => ["models", model, "versions", version, "card"];

/** @param revision null for the latest */
export const cardQuery = (address: VersionAddress, revision: number | null = null) =>
  queryOptions({
    queryKey: [...registryKey(address.model), "card", address.version, revision],
    queryFn: ({ signal }) =>
      request(async () => (await schemas()).CardReply, apiUrl(segments(address), { revision }), { signal }),
    staleTime: 30_000,
    ...recovering,
  });

export const saveCard = (address: VersionAddress, save: CardSave) =>
  request(async () => (await schemas()).CardReply, apiUrl(segments(address)), { method: "PUT", json: save });

export const cardExportUrl = (address: VersionAddress, format: CardFormat, revision: number | null) =>
  apiUrl([...segments(address), "export"], { format, revision });
