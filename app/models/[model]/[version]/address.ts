import { decodeSegment, type VersionAddress } from "@/lib/models/address";

/** What Next hands to a version's pages and layout. */
export type VersionParams = { params: Promise<{ model: string; version: string }> };

export async function versionAddress({ params }: VersionParams): Promise<VersionAddress> {
  const { model, version } = await params;
  return { model: decodeSegment(model), version: decodeSegment(version) };
}
