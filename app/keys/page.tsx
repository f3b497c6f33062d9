import type { Metadata } from "next";
import { KeysPanel } from "@/components/keys/keys-panel";

export const metadata: Metadata = { title: "API keys" };

export default function KeysPage() {
  return (
    <>
      <h1 className="mb-2 text-base">API keys</h1>
      <KeysPanel />
    </>
  );
}
