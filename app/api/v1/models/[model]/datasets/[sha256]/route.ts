import { z } from "zod";
import { keeperOf } from "@/lib/artifacts/runtime";
import { describeDataset } from "@/lib/datasets/describe";
import { MOST_CSV_BYTES } from "@/lib/datasets/limits";
import { Dataset, DatasetUpload } from "@/lib/datasets/schema";
import { uploadDataset } from "@/lib/datasets/upload";
import { handle } from "@/lib/http/handle";
import { ModelName, Sha256 } from "@/lib/wire";

const params = z.object({ model: ModelName, sha256: Sha256 });

export const GET = handle(
  {
    method: "GET",
    path: "/api/v1/models/{model}/datasets/{sha256}",
    scope: "read",
    summary: "What a held-out set is made of",
    params,
    reply: Dataset,
  },
  ({ runtime, params }) => describeDataset(runtime.db, params),
);

export const PUT = handle(
  {
    method: "PUT",
    path: "/api/v1/models/{model}/datasets/{sha256}",
    scope: "ingest",
    role: "analyst",
    summary: "Register a file as a held-out set of a model",
    description:
      "A CSV with a header, Parquet or Arrow IPC file, told by its bytes, at the address of their SHA-256. `label` names the column that holds what was true. Sent again it changes nothing but name and label.",
    params,
    query: DatasetUpload,
    body: {
      "text/csv": null,
      "application/vnd.apache.parquet": null,
      "application/vnd.apache.arrow.file": null,
      "application/vnd.apache.arrow.stream": null,
      "application/octet-stream": null,
    },
    reply: Dataset,
  },
  ({ runtime, params, query, body, principal }) =>
    uploadDataset(
      { db: runtime.db, keeper: keeperOf(runtime) },
      params,
      { ...query, content: body.stream({ maxBytes: MOST_CSV_BYTES }) },
      principal.actor,
    ),
);
