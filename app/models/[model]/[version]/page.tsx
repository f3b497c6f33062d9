import { Prefetched } from "@/app/prefetched";
import { Overview } from "@/components/models/overview";
import { modelAnswer } from "../../answers";
import { type VersionParams, versionAddress } from "./address";
import { driftAnswer } from "./answers";

export default async function OverviewPage(props: VersionParams) {
  const address = await versionAddress(props);
  return (
    <Prefetched
      load={async (ask) => {
        const model = await ask(modelAnswer(address.model));
        const summary = model?.versions.find(({ version }) => version === address.version);
        if (summary?.baseline) await ask(driftAnswer(address, {}));
      }}
    >
      <Overview {...address} />
    </Prefetched>
  );
}
