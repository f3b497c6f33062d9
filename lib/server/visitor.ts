import "server-only";
import { cache } from "react";
import { identifyVisitor, type Principal } from "@/lib/http/principal";
import { getRuntime } from "./runtime";

/** Who opens a page: asked once a request, by its layout and each of its parts. */
export const visitorOf = cache(
  async (headers: Headers): Promise<Principal> => identifyVisitor(headers, await getRuntime()),
);
