import type { Metadata } from "next";
import { AccountPanel } from "@/components/people/account-panel";

export const metadata: Metadata = { title: "Your account" };

export default function AccountPage() {
  return (
    <>
      <h1 className="mb-2 text-base">Your account</h1>
      <AccountPanel />
    </>
  );
}
