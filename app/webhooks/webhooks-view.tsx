"use client";

import { useQueryState } from "nuqs";
import { WebhooksPanel } from "@/components/webhooks/webhooks-panel";
import { webhooksSearchParams } from "./search-params";

/** Keeps in the address which webhook's deliveries are shown. */
export function WebhooksView() {
  const [shown, show] = useQueryState("webhook", webhooksSearchParams.webhook);
  return <WebhooksPanel shown={shown} onShow={show} />;
}
