import path from "node:path";
import type { Runtime } from "@/lib/server/runtime";
import { clientKeeper } from "./client-keeper";
import type { Keeper } from "./keeper";
import { localKeeper } from "./local";
import { s3Keeper } from "./s3";

/** Where this server's artifacts lie. */
export const keeperOf = ({ shared, settings }: Runtime): Keeper =>
  shared.get("artifacts", () =>
    settings.artifactsIn
      ? s3Keeper(settings.artifactsIn)
      : localKeeper(path.join(settings.dataDir, "artifacts")),
  );

/** The same as clients of the MLflow protocol, and pages of runs, reach them. */
export const clientKeeperOf = (runtime: Runtime): Keeper => clientKeeper(keeperOf(runtime));
