import { z } from "zod";
import { keptPathOf } from "@/lib/artifacts/location";
import { artifactPath, joinPath } from "@/lib/artifacts/path";
import { getRunInfo } from "@/lib/runs/runs";
import { endpoint } from "./endpoint";
import { fileReply } from "./file-reply";
import { required, runId, runIdOf } from "./message";

/** A file of a run, where MLflow's own pages ask for it. */
export const RUN_FILE = endpoint(
  ["GET", "/get-artifact", "read"],
  "The bytes of a run's artifact",
  z.object({ ...runId, path: required }),
  async ({ runtime, message }) => {
    const path = artifactPath(message.path);
    const { artifact_uri } = await getRunInfo(runtime.db, runIdOf(message));
    return fileReply({ runtime }, joinPath(keptPathOf(artifact_uri), path));
  },
  "",
);
