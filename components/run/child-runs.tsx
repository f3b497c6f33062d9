"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { StatusIcon } from "@/components/runs/status-icon";
import { Ago } from "@/components/ui/ago";
import { Card, CardTitle } from "@/components/ui/card";
import { compareSearchHref, runHref } from "@/lib/experiments/address";
import { someRunsQuery } from "@/lib/experiments/query";
import type { RunDetail } from "@/lib/experiments/run-schema";

/** The runs that name this one as their parent. */
export function ChildRuns({ run }: { run: RunDetail }) {
  const { data } = useQuery(
    someRunsQuery(run.experiment.experiment_id, { parent: run.run_id, order: "asc", limit: 100 }),
  );
  return (
    <Card>
      <CardTitle
        note={`${run.children} in all`}
        action={
          data && data.runs.length > 1 ? (
            <span className="flex gap-3 text-xs">
              <Link
                href={compareSearchHref(run.experiment.experiment_id, { parent: run.run_id, tab: "study" })}
                className="link"
              >
                study
              </Link>
              <Link
                href={compareSearchHref(run.experiment.experiment_id, { parent: run.run_id })}
                className="link"
              >
                compare all
              </Link>
            </span>
          ) : null
        }
      >
        Children
      </CardTitle>
      <ul className="flex max-h-96 flex-col gap-1 overflow-y-auto">
        {data?.runs.map((child) => (
          <li key={child.run_id} className="flex items-center gap-1.5">
            <StatusIcon status={child.status} />
            <Link href={runHref(child.run_id)} prefetch={false} className="truncate hover:underline">
              {child.run_name}
            </Link>
            {child.start_time ? <Ago time={child.start_time} className="ml-auto text-mute text-xs" /> : null}
          </li>
        ))}
      </ul>
    </Card>
  );
}
