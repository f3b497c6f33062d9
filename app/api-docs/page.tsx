import type { Metadata } from "next";
import { ApiReference } from "@/components/connect/api-reference";

export const metadata: Metadata = { title: "API reference" };

export default function ApiDocsPage() {
  return (
    <>
      <h1 className="mb-2 text-base">API reference</h1>
      <ApiReference />
    </>
  );
}
