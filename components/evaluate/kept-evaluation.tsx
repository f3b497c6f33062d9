import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { EvaluationView } from "@/components/evaluation/evaluation-view";
import { announce } from "@/components/ui/announce";
import { Button, buttonStyle } from "@/components/ui/button";
import { Card, CardTitle } from "@/components/ui/card";
import { ErrorState } from "@/components/ui/error-state";
import { Skeleton } from "@/components/ui/skeleton";
import { formatTime } from "@/lib/charts/format";
import { evaluationQuery, evaluationsQuery, outcomeUrl, requestRepeat } from "@/lib/evaluations/query";
import { describeError } from "@/lib/http/request";
import { type VersionAddress, versionHref } from "@/lib/models/address";
import { actorWords } from "@/lib/registry/change-words";
import { StateBadge } from "./state-badge";

/** An evaluation that was kept: what it says, what it rests on, and whether the server found the same. */
export function KeptEvaluation({
  address,
  id,
  onRepeat,
}: {
  address: VersionAddress;
  id: string;
  /** Repeats it in this browser. */
  onRepeat: (id: string) => void;
}) {
  const client = useQueryClient();
  const { data, error, refetch } = useQuery(evaluationQuery(address, id));
  const repeat = useMutation({
    mutationFn: (method: "POST" | "DELETE") => requestRepeat(address, id, method),
    onError: (failure) => announce("error", describeError(failure)),
    onSettled: () => client.invalidateQueries({ queryKey: evaluationsQuery(address).queryKey }),
  });
  if (!data) {
    if (!error) return <Skeleton className="h-60 rounded-lg" />;
    return <ErrorState what="The evaluation could not be loaded" error={error} onRetry={refetch} />;
  }
  const facts: [string, string][] = [
    ["Saved", `${formatTime(data.created_at)} by ${actorWords(data.created_by)}`],
    ["Model", `${data.format}, SHA-256 ${data.model_sha256}`],
    [
      "Registered",
      data.registered_sha256 === null
        ? "the version has no model file that could be evaluated"
        : data.belongs
          ? "the same file as registered"
          : `another file: SHA-256 ${data.registered_sha256}`,
    ],
    ["Data", `SHA-256 ${data.dataset}`],
    ["Backend", data.backend],
    ["Checked", data.checked_at ? formatTime(data.checked_at) : "not yet"],
  ];
  return (
    <>
      <Card>
        <CardTitle
          action={
            <span className="flex flex-wrap gap-1.5">
              <Link
                prefetch={false}
                className={buttonStyle({ size: "sm" })}
                href={`${versionHref(address)}/promote`}
              >
                Ask for promotion
              </Link>
              <a
                className={buttonStyle({ size: "sm" })}
                href={outcomeUrl(address, id)}
                download={`${id}.outcome`}
              >
                Scores
              </a>
              <Button size="sm" onClick={() => onRepeat(id)}>
                Repeat in my browser
              </Button>
              {data.repeat ? (
                <Button size="sm" disabled={repeat.isPending} onClick={() => repeat.mutate("DELETE")}>
                  Cancel the repetition
                </Button>
              ) : (
                <Button size="sm" disabled={repeat.isPending} onClick={() => repeat.mutate("POST")}>
                  Repeat on the server
                </Button>
              )}
            </span>
          }
        >
          What it rests on
        </CardTitle>
        <p role="status" className="mb-2 flex flex-wrap items-baseline gap-2">
          <StateBadge evaluation={data} />
          <span>
            {data.check_message ??
              "The server repeats it with the same files, and says here what came of it."}
          </span>
        </p>
        <dl className="grid grid-cols-[6rem_minmax(0,1fr)] gap-y-1">
          {facts.map(([name, value]) => (
            <div key={name} className="contents">
              <dt className="text-mute">{name}</dt>
              <dd className="min-w-0 break-words">{value}</dd>
            </div>
          ))}
        </dl>
        <details className="mt-3">
          <summary className="w-fit text-mute hover:text-ink">Input mapping</summary>
          <pre className="mt-2 max-h-96 overflow-auto rounded-md bg-hover p-2 text-xs">
            {JSON.stringify(data.mapping, null, 2)}
          </pre>
        </details>
      </Card>
      <EvaluationView report={data.report} />
    </>
  );
}
