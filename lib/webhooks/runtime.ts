import type { Reach } from "@/lib/notify/post";
import type { Runtime } from "@/lib/server/runtime";
import { Deliverer } from "./deliverer";

/** Where this server sends what people ask it to send. */
export const reachOf = ({ settings }: Runtime): Reach => ({ allowPrivate: settings.privateWebhooks });

/** The one deliverer of this process. */
export const delivererOf = (runtime: Runtime): Deliverer =>
  runtime.shared.get(
    "deliverer",
    () => new Deliverer(runtime.db, reachOf(runtime)),
    (deliverer) => deliverer.close(),
  );
