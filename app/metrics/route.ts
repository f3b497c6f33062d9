import { handle } from "@/lib/http/handle";
import { METRICS_TYPE, scrape } from "@/lib/operations/scrape";

export const GET = handle(
  {
    method: "GET",
    path: "/metrics",
    scope: "read",
    summary: "Metrics of the models and of the server, for Prometheus",
    reply: { "text/plain": null },
  },
  async ({ runtime }) =>
    new Response(await scrape(runtime), {
      headers: { "content-type": METRICS_TYPE, "cache-control": "no-store" },
    }),
);
