import { z } from "zod";
import { endpoint } from "./endpoint";

/** What clients of MLflow 3.10 and newer ask first. */
export const SERVER_INFO = [
  endpoint(
    ["GET", "/mlflow/server-info", "public"],
    "What kind of server this is",
    z.object({}),
    async () => ({ store_type: "SqlStore", workspaces_enabled: false, trace_archival_enabled: false }),
    "/api/3.0",
  ),
];
