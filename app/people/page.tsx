import type { Metadata } from "next";
import { NeedsRole } from "@/components/people/needs-role";
import { PeoplePanel } from "@/components/people/people-panel";
import { listPeople } from "@/lib/people/list";
import { peopleQuery } from "@/lib/people/query";
import { People } from "@/lib/people/schema";
import { Prefetched } from "../prefetched";

export const metadata: Metadata = { title: "People" };

export default function PeoplePage() {
  return (
    <>
      <h1 className="mb-2 text-base">People</h1>
      <NeedsRole least="admin">
        <Prefetched
          scope="admin"
          load={(ask) => ask({ query: peopleQuery(), reply: People, verb: (runtime) => listPeople(runtime) })}
        >
          <PeoplePanel />
        </Prefetched>
      </NeedsRole>
    </>
  );
}
