"use client";

import { useMutation } from "@tanstack/react-query";
import { Button } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";
import { testWebhook } from "@/lib/webhooks/query";
import type { WebhookRecord } from "@/lib/webhooks/wire";

/** Sends an example, and says how that went: the button, and beside or below it what came of it. */
export function useTest(webhook: WebhookRecord) {
  const test = useMutation({ mutationFn: () => testWebhook(webhook.id) });
  return {
    button: (
      <Button
        size="sm"
        aria-label={`Send ${webhook.name} a test`}
        disabled={test.isPending}
        onClick={() => test.mutate()}
      >
        {test.isPending ? "Sending" : "Send a test"}
      </Button>
    ),
    result: (
      <div role="status">
        {test.error ? <ErrorState what="The test was not sent" error={test.error} className="mt-2" /> : null}
        {test.data ? (
          <p className={test.data.success ? "mt-2 text-good" : "mt-2 text-high"}>
            {test.data.success
              ? `The example of ${webhook.events[0]} was taken: it answered ${test.data.status}.`
              : `The example of ${webhook.events[0]} was not taken: ${test.data.error}.`}
          </p>
        ) : null}
      </div>
    ),
  };
}
