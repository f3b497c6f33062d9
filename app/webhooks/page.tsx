import type { Metadata } from "next";
import { createLoader, type SearchParams } from "nuqs/server";
import { NeedsRole } from "@/components/people/needs-role";
import { MOST_WEBHOOKS, webhookQuery, webhooksQuery } from "@/lib/webhooks/query";
import { reportWebhook, reportWebhooks } from "@/lib/webhooks/report";
import { WebhookDetail, WebhookList } from "@/lib/webhooks/wire";
import { Prefetched } from "../prefetched";
import { webhooksSearchParams } from "./search-params";
import { WebhooksView } from "./webhooks-view";

export const metadata: Metadata = { title: "Webhooks" };

const loadView = createLoader(webhooksSearchParams);

export default async function WebhooksPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { webhook } = await loadView(searchParams);
  return (
    <>
      <h1 className="mb-2 text-base">Webhooks</h1>
      <NeedsRole least="admin">
        <Prefetched
          scope="admin"
          load={(ask) =>
            Promise.all([
              ask({
                query: webhooksQuery(),
                reply: WebhookList,
                verb: ({ db }) => reportWebhooks(db, { limit: MOST_WEBHOOKS }),
              }),
              webhook &&
                ask({
                  query: webhookQuery(webhook),
                  reply: WebhookDetail,
                  verb: ({ db }) => reportWebhook(db, webhook),
                }),
            ])
          }
        >
          <WebhooksView />
        </Prefetched>
      </NeedsRole>
    </>
  );
}
