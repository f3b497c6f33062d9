"use client";

import { createContext, type ReactNode, useContext } from "react";
import { isAtLeast, type Role, roleFor } from "@/lib/people/roles";
import type { Me } from "@/lib/people/schema";

const Person = createContext<{ me: Me | null; demo: boolean }>({ me: null, demo: false });

export function PersonProvider({
  me,
  demo,
  children,
}: {
  me: Me | null;
  demo: boolean;
  children: ReactNode;
}) {
  return <Person value={{ me, demo }}>{children}</Person>;
}

/** Who is signed in; null on the few pages that are for those who are not. */
export const usePerson = () => useContext(Person);

/**
 * Why somebody may not do a thing, for a control that is there but not for them; null where they may. The server
 * decides: this only keeps pages from offering what it would refuse.
 */
export function useReason(least: Role, model?: string): string | null {
  const { me } = usePerson();
  if (!me) return "Sign in to do this.";
  const role = roleFor(me, model);
  if (isAtLeast(role, least)) return null;
  const where = model !== undefined && role !== me.role ? " for this model" : "";
  return `You are ${role}${where}; this needs ${least}. An administrator changes roles.`;
}
