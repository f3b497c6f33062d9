"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import type { VersionAddress } from "@/lib/models/address";
import type { VersionRecord } from "@/lib/registry/wire";

const ChangeForm = dynamic(() => import("./change-form").then((module) => module.ChangeForm), { ssr: false });

export function ChangeDialog({ address, record }: { address: VersionAddress; record: VersionRecord }) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button size="sm" aria-label={`Change version ${address.version}`}>
          Change
        </Button>
      </DialogTrigger>
      <DialogContent
        title={`Change version ${address.version} of ${address.model}`}
        description="Who changed what, and why, is kept for good."
        className="top-[6vh] max-h-[88vh]"
      >
        <ChangeForm address={address} record={record} onDone={() => setOpen(false)} />
      </DialogContent>
    </Dialog>
  );
}
