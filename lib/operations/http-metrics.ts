import prometheus from "prom-client";
import { metric } from "./registry";

const duration = metric(
  "tidemark_http_request_duration_seconds",
  (registers) =>
    new prometheus.Histogram({
      name: "tidemark_http_request_duration_seconds",
      help: "Time from a request's arrival to its reply.",
      labelNames: ["method", "route", "status"] as const,
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
      registers,
    }),
);

/** Counts and times one request. */
export function observeRequest(request: {
  method: string;
  route: string;
  status: number;
  seconds: number;
}): void {
  duration.observe(
    { method: request.method, route: request.route, status: String(request.status) },
    request.seconds,
  );
}
