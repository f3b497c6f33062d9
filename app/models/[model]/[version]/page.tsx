import { Overview } from "@/components/models/overview";
import { decodeSegment } from "@/lib/models/address";

export default async function OverviewPage({
  params,
}: {
  params: Promise<{ model: string; version: string }>;
}) {
  const { model, version } = await params;
  return <Overview model={decodeSegment(model)} version={decodeSegment(version)} />;
}
