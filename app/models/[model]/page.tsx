import { ToMainVersion } from "@/components/models/to-main-version";
import { decodeSegment } from "@/lib/models/address";

export default async function ModelPage({ params }: { params: Promise<{ model: string }> }) {
  const { model } = await params;
  return <ToMainVersion model={decodeSegment(model)} />;
}
