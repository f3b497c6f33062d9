import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { ToMainVersion } from "@/components/models/to-main-version";
import { decodeSegment, versionHref } from "@/lib/models/address";
import { mainVersion } from "@/lib/models/order";
import { prefetch } from "@/lib/server/prefetch";
import { visitorOf } from "@/lib/server/visitor";
import { modelAnswer } from "../answers";

/** Goes on to the version in Production, else to the latest. Where that is not known in time, the browser goes on. */
export default async function ModelPage({ params }: { params: Promise<{ model: string }> }) {
  const model = decodeSegment((await params).model);
  let version: string | undefined;
  await prefetch(visitorOf(await headers()), {
    scope: "read",
    load: async (ask) => {
      const found = await ask(modelAnswer(model));
      version = found ? mainVersion(found)?.version : undefined;
    },
  });
  if (version !== undefined) redirect(versionHref({ model, version }));
  return <ToMainVersion model={model} />;
}
