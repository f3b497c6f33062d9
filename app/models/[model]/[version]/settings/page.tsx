import { Prefetched } from "@/app/prefetched";
import { SettingsPanel } from "@/components/settings/settings-panel";
import { type VersionParams, versionAddress } from "../address";
import { baselineAnswer, schemaAnswer } from "../answers";

export default async function SettingsPage(props: VersionParams) {
  const address = await versionAddress(props);
  return (
    <Prefetched
      load={async (ask) => {
        const schema = await ask(schemaAnswer(address));
        if (schema?.baseline) await ask(baselineAnswer(address));
      }}
    >
      <SettingsPanel {...address} />
    </Prefetched>
  );
}
