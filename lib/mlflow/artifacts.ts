import { z } from "zod";
import { keptPathOf } from "@/lib/artifacts/location";
import { artifactPath, folderPath, joinPath } from "@/lib/artifacts/path";
import { clientKeeperOf } from "@/lib/artifacts/runtime";
import { recordAudit } from "@/lib/audit/record";
import { TidemarkError } from "@/lib/errors";
import { Incoming } from "@/lib/http/incoming";
import { refuseHeldFiles } from "@/lib/promotions/held-files";
import { getRunInfo } from "@/lib/runs/runs";
import { type Call, endpoint } from "./endpoint";
import { fileReply } from "./file-reply";
import { runId, runIdOf, text } from "./message";
import { notImplemented } from "./refusal";

const pathOf = ({ params }: Call<null>) => artifactPath(params.path ?? "", { encoded: true });

/** Clients look for these words, and then send the file in one piece. */
const noMultipart = async () =>
  notImplemented("Multipart upload is not supported for the current artifact repository");

/** Keeps what is sent. Whether it may be is asked when it is all here: a long upload must not outrun an approval. */
async function keepArtifact({ runtime, request }: Call<null>, path: string): Promise<void> {
  const incoming = new Incoming(request, Number.POSITIVE_INFINITY);
  async function* content() {
    yield* incoming.stream();
    await refuseHeldFiles(runtime.db, path, "write");
  }
  await clientKeeperOf(runtime).put(path, content());
}

export const wireEntries = async (call: Call<unknown>, folder: string, prefix: string) =>
  (await clientKeeperOf(call.runtime).list(folder)).map(({ name, isFolder, bytes }) => ({
    path: joinPath(prefix, name),
    is_dir: isFolder,
    ...(bytes === null ? {} : { file_size: bytes }),
  }));

export const ARTIFACTS = [
  endpoint(
    ["PUT", "/mlflow-artifacts/artifacts/{path...}", "ingest"],
    "Keep an artifact",
    null,
    async (call) => {
      await keepArtifact(call, pathOf(call));
      return {};
    },
  ),
  endpoint(
    ["GET", "/mlflow-artifacts/artifacts/{path...}", "read"],
    "The bytes of an artifact",
    null,
    async (call) => fileReply(call, pathOf(call)),
  ),
  endpoint(
    ["DELETE", "/mlflow-artifacts/artifacts/{path...}", "admin"],
    "Erase an artifact, or a folder of them",
    null,
    async (call) => {
      const path = pathOf(call);
      await refuseHeldFiles(call.runtime.db, path, "erase");
      if (!(await clientKeeperOf(call.runtime).remove(path)))
        throw new TidemarkError("not_found", `there is no artifact ${JSON.stringify(path)}`);
      await recordAudit(call.runtime.db, {
        actor: call.principal.actor,
        action: "artifact.delete",
        subject: `artifact:${path}`,
        before: { path },
        after: null,
      });
      return {};
    },
  ),
  endpoint(
    ["GET", "/mlflow-artifacts/artifacts", "read"],
    "What is in a folder of artifacts",
    z.object({ path: text.default("") }),
    async (call) => ({ files: await wireEntries(call, folderPath(call.message.path), "") }),
  ),
  endpoint(["POST", "/mlflow-artifacts/mpu/create/{path...}", "ingest"], "Not supported", null, noMultipart),
  endpoint(
    ["POST", "/mlflow-artifacts/mpu/complete/{path...}", "ingest"],
    "Not supported",
    null,
    noMultipart,
  ),
  endpoint(["POST", "/mlflow-artifacts/mpu/abort/{path...}", "ingest"], "Not supported", null, noMultipart),
  endpoint(
    ["GET", "/mlflow/artifacts/list", "read"],
    "What is in a folder of a run's artifacts",
    z.object({ ...runId, path: text.default(""), page_token: text.optional() }),
    async (call) => {
      const folder = folderPath(call.message.path);
      const { artifact_uri } = await getRunInfo(call.runtime.db, runIdOf(call.message));
      const files = await wireEntries(call, joinPath(keptPathOf(artifact_uri), folder), folder);
      return { root_uri: artifact_uri, files };
    },
  ),
  endpoint(["POST", "/mlflow/upload-artifact", "ingest"], "Keep an artifact of a run", null, async (call) => {
    const { runtime, request, url } = call;
    const id = url.searchParams.get("run_uuid") ?? url.searchParams.get("run_id") ?? "";
    if (id === "") throw new TidemarkError("bad_request", "Request must specify run_uuid.");
    const named = url.searchParams.get("path") ?? "";
    if (named === "") throw new TidemarkError("bad_request", "Request must specify path.");
    const path = artifactPath(named);
    if (request.body === null || request.headers.get("content-length") === "0") {
      throw new TidemarkError("bad_request", "Request must specify data.");
    }
    const { artifact_uri } = await getRunInfo(runtime.db, id);
    await keepArtifact(call, joinPath(keptPathOf(artifact_uri), path));
    return {};
  }),
];
