import { SettingsPanel } from "@/components/settings/settings-panel";
import { decodeSegment } from "@/lib/models/address";

export default async function SettingsPage({
  params,
}: {
  params: Promise<{ model: string; version: string }>;
}) {
  const { model, version } = await params;
  return <SettingsPanel model={decodeSegment(model)} version={decodeSegment(version)} />;
}
