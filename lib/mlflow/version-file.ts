import { z } from "zod";
import { keptPathOf } from "@/lib/artifacts/location";
import { artifactPath, joinPath } from "@/lib/artifacts/path";
import { getModelVersion } from "@/lib/registry/versions";
import { getRunInfo } from "@/lib/runs/runs";
import { endpoint } from "./endpoint";
import { fileReply } from "./file-reply";
import { required } from "./message";

/** A file of a model version, where MLflow's own pages ask for it. */
export const VERSION_FILE = endpoint(
  ["GET", "/model-versions/get-artifact", "read"],
  "The bytes of a version's artifact",
  z.object({ name: required, version: required, path: required }),
  async ({ runtime, message }) => {
    const path = artifactPath(message.path);
    const { storage_location } = await getModelVersion(runtime.db, {
      model: message.name,
      version: message.version,
    });
    const [, runId, inside] = /^runs:\/+([^/]+)\/?(.*)$/.exec(storage_location) ?? [];
    const folder = runId
      ? joinPath(keptPathOf((await getRunInfo(runtime.db, runId)).artifact_uri), inside!)
      : keptPathOf(storage_location);
    return fileReply({ runtime }, artifactPath(joinPath(folder, path)));
  },
  "",
);
