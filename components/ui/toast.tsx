"use client";

import dynamic from "next/dynamic";
import { useSyncExternalStore } from "react";
import { subscribeWanted, toasterIsWanted } from "./announce";

const LoadedToaster = dynamic(() => import("./loaded-toaster").then((module) => module.LoadedToaster), {
  ssr: false,
});

/** Loads the toaster when there is first something to say. */
export function Toaster() {
  const wanted = useSyncExternalStore(subscribeWanted, toasterIsWanted, () => false);
  return wanted ? <LoadedToaster /> : null;
}
