import type { Metadata } from "next";
import { Suspense } from "react";
import { ConnectView } from "./connect-view";

export const metadata: Metadata = { title: "Connect a client" };

export default function ConnectPage() {
  return (
    <>
      <h1 className="mb-2 text-base">Connect a client</h1>
      <Suspense>
        <ConnectView />
      </Suspense>
    </>
  );
}
