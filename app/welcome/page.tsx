import type { Metadata } from "next";
import { PlainPage } from "@/components/people/plain-page";
import { WelcomeForm } from "@/components/people/welcome-form";

export const metadata: Metadata = { title: "Welcome" };

export default function WelcomePage() {
  return (
    <PlainPage title="Welcome">
      <WelcomeForm />
    </PlainPage>
  );
}
