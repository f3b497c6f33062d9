import path from "node:path";
import type { Runtime } from "@/lib/server/runtime";
import type { Keeper } from "./keeper";
import { localKeeper } from "./local";

/** Where this server's artifacts lie. */
export const keeperOf = (runtime: Runtime): Keeper =>
  runtime.shared.get("artifacts", () => localKeeper(path.join(runtime.settings.dataDir, "artifacts")));
